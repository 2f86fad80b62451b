-- Loyalty: the files it takes.

insert into private.file_purposes (purpose, write_permission, read_permission, max_bytes) values
  ('loyalty-import', 'loyalty.imports.write', 'loyalty.imports.read', 100000000);

-- Loyalty: what can be allowed, and which role brings it.

insert into public.permissions (id, description) values
  ('loyalty.app.use', 'Use the creator app'),
  ('loyalty.creators.read', 'See creators, their figures and tiers'),
  ('loyalty.creators.write', 'Add, rename, pin and archive creators'),
  ('loyalty.claims.decide', 'Approve or reject requests for a handle'),
  ('loyalty.adjustments.read', 'See adjustments to sales'),
  ('loyalty.adjustments.write', 'Make and reverse adjustments to sales'),
  ('loyalty.imports.read', 'See imports and nightly runs'),
  ('loyalty.imports.write', 'Import files and undo imports'),
  ('loyalty.settings.read', 'See the loyalty settings'),
  ('loyalty.settings.write', 'Change the loyalty settings'),
  ('loyalty.tiers.write', 'Change the tier ladder');

select private.grant_all_to_owner();

insert into public.role_permissions (role_id, permission_id)
select 'admin', p.id from public.permissions p where p.id like 'loyalty.%' and p.id <> 'loyalty.app.use'
on conflict do nothing;

insert into public.role_permissions (role_id, permission_id) values
  ('manager', 'loyalty.creators.read'), ('manager', 'loyalty.creators.write'), ('manager', 'loyalty.claims.decide'),
  ('manager', 'loyalty.adjustments.read'), ('manager', 'loyalty.adjustments.write'),
  ('manager', 'loyalty.imports.read'), ('manager', 'loyalty.imports.write'), ('manager', 'loyalty.settings.read'),
  ('support', 'loyalty.creators.read'),
  ('creator', 'loyalty.app.use')
on conflict do nothing;

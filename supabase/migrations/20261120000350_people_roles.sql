-- Roles and what they permit. A program adds its own permissions in its own migration.

insert into public.roles (id, is_staff) values
  ('owner', true), ('admin', true), ('manager', true), ('practitioner', true), ('educator', true), ('carer', true), ('support', true),
  ('creator', false), ('family', false), ('patient', false), ('student', false), ('customer', false);

insert into public.permissions (id, description) values
  ('tenancy.settings.read', 'See the business settings'),
  ('tenancy.settings.write', 'Change name, colour, time zone and programs'),
  ('people.people.read', 'See everyone the business knows'),
  ('people.people.write', 'Edit, deactivate and reactivate people'),
  ('people.roles.write', 'Give and take roles'),
  ('people.invitations.write', 'Invite people'),
  ('people.people.impersonate', 'Look at the app as a member, read-only'),
  ('audit.log.read', 'See who changed what'),
  ('email.log.read', 'See which mails were sent'),
  ('jobs.log.read', 'See and retry background work');

-- The owner may do everything there is, now and later: programs call this after adding permissions.
create function private.grant_all_to_owner() returns void
language plpgsql set search_path = '' as $$
begin
  insert into public.role_permissions (role_id, permission_id)
  select 'owner', p.id from public.permissions p where p.id not like '%.app.use'
  on conflict do nothing;
end $$;
comment on function private.grant_all_to_owner() is 'Gives the owner role every permission except those of members'' own apps. For migrations.';
select private.grant_all_to_owner();

insert into public.role_permissions (role_id, permission_id) values
  ('admin', 'tenancy.settings.read'), ('admin', 'tenancy.settings.write'), ('admin', 'people.people.read'), ('admin', 'people.people.write'),
  ('admin', 'people.roles.write'), ('admin', 'people.invitations.write'), ('admin', 'people.people.impersonate'), ('admin', 'email.log.read'), ('admin', 'jobs.log.read'),
  ('manager', 'tenancy.settings.read'), ('manager', 'people.people.read'), ('manager', 'people.invitations.write'),
  ('practitioner', 'people.people.read'), ('educator', 'people.people.read'), ('support', 'people.people.read');

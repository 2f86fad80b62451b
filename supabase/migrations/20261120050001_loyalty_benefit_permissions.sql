-- Loyalty: what may be done with missions, rewards, redemptions and money, and which role brings it.

insert into public.permissions (id, description) values
  ('loyalty.missions.read', 'See missions and everybody''s progress'),
  ('loyalty.missions.write', 'Make, publish and pause missions'),
  ('loyalty.rewards.read', 'See rewards with their stock and budget'),
  ('loyalty.rewards.write', 'Make, publish and pause rewards'),
  ('loyalty.redemptions.read', 'See what creators claimed'),
  ('loyalty.redemptions.fulfil', 'Fulfil, ship, reject and conclude what creators claimed'),
  ('loyalty.raffles.draw', 'Seal and draw raffles'),
  ('loyalty.payouts.read', 'See payouts and the last four characters of payout accounts'),
  ('loyalty.payouts.write', 'Pay boosts, make payout batches and claw back'),
  ('loyalty.payouts.reveal', 'See a payout account in full; each look is logged'),
  ('loyalty.holds.resolve', 'Hold suspicious claims and payouts, and release them'),
  ('loyalty.reports.read', 'See and export reports');

select private.grant_all_to_owner();

insert into public.role_permissions (role_id, permission_id)
select 'admin', p.id from public.permissions p where p.id like 'loyalty.%' and p.id <> 'loyalty.app.use'
on conflict do nothing;

insert into public.role_permissions (role_id, permission_id) values
  ('manager', 'loyalty.missions.read'), ('manager', 'loyalty.missions.write'),
  ('manager', 'loyalty.rewards.read'), ('manager', 'loyalty.rewards.write'),
  ('manager', 'loyalty.redemptions.read'), ('manager', 'loyalty.redemptions.fulfil'),
  ('manager', 'loyalty.raffles.draw'), ('manager', 'loyalty.reports.read'),
  ('support', 'loyalty.missions.read'), ('support', 'loyalty.rewards.read'), ('support', 'loyalty.redemptions.read')
on conflict do nothing;

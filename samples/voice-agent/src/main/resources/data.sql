INSERT INTO customer (id, name, bonus_points) VALUES
  (1, 'Mira Sandoval', 420),
  (2, 'Jonas Weber', 75);
INSERT INTO customer_order (number, customer_id, item, state) VALUES
  ('1001', 1, 'kettle', 'delivered on Monday'),
  ('1002', 1, 'coffee machine', 'on its way, with you tomorrow before noon'),
  ('1003', 1, 'dishwasher', 'delivered last week'),
  ('2001', 2, 'toaster', 'waiting for payment');

/* kith:
description: Orders that were paid, with their amount.
key: [order_id]
at: ordered_at
mode: append
*/
SELECT order_id, customer_id, ordered_at, product, quantity, quantity * price AS amount
FROM orders
WHERE status = 'paid'

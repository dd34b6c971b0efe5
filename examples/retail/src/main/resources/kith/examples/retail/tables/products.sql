/* kith:
description: One row per product that was ever sold or taken back, with its usual description and prices.
key: product
columns:
  description: {description: "The text that most of its lines carry."}
  first_sold_on: {description: "Day of the first sale."}
  last_sold_on: {description: "Day of the latest sale."}
  orders: {description: "Invoices that sold it."}
  customers: {description: "Known customers who bought it."}
  units_sold: {description: "Pieces sold."}
  units_returned: {description: "Pieces taken back."}
  revenue: {description: "Net of cancellations, in pounds."}
  price_low: {description: "A tenth of the sold lines had this price or a lower one."}
  price_usual: {description: "The median price over sold lines."}
  price_high: {description: "A tenth of the sold lines had this price or a higher one."}
checks:
  - unique: [product]
  # Prices that move as a whole are rather a slip of the comma than news.
  - distribution: {column: price_usual, max_shift: 10%}
    severity: warn
*/

-- A product has been described in up to four ways over the year. The most frequent one is the least
-- likely to be a slip of the pen; of equally frequent ones the first in alphabetical order, so that
-- the answer doesn't change from run to run.
--
-- Fourteen products were only ever taken back: sold before the data begin. They have a row too, with
-- no dates and no prices, so that a line always finds its product.

WITH described AS (
  SELECT product, description
  FROM order_lines
  WHERE is_product AND description IS NOT NULL
  GROUP BY product, description
  QUALIFY row_number() OVER (PARTITION BY product ORDER BY count(*) DESC, description) = 1
),
sold AS (
  SELECT
    product,
    CAST(min(ordered_at) FILTER (WHERE NOT is_cancellation) AS DATE) AS first_sold_on,
    CAST(max(ordered_at) FILTER (WHERE NOT is_cancellation) AS DATE) AS last_sold_on,
    count(DISTINCT invoice) FILTER (WHERE NOT is_cancellation) AS orders,
    count(DISTINCT customer_id) FILTER (WHERE NOT is_cancellation) AS customers,
    CAST(coalesce(sum(quantity) FILTER (WHERE NOT is_cancellation), 0) AS BIGINT) AS units_sold,
    CAST(coalesce(-sum(quantity) FILTER (WHERE is_cancellation), 0) AS BIGINT) AS units_returned,
    CAST(sum(amount) AS DECIMAL(18, 3)) AS revenue,
    -- Gifts have a price of 0, which says nothing about the price.
    quantile_disc(unit_price, 0.1) FILTER (WHERE NOT is_cancellation AND unit_price > 0) AS price_low,
    quantile_disc(unit_price, 0.5) FILTER (WHERE NOT is_cancellation AND unit_price > 0) AS price_usual,
    quantile_disc(unit_price, 0.9) FILTER (WHERE NOT is_cancellation AND unit_price > 0) AS price_high
  FROM order_lines
  WHERE is_product
  GROUP BY product
)
SELECT
  s.product,
  d.description,
  s.first_sold_on,
  s.last_sold_on,
  s.orders,
  s.customers,
  s.units_sold,
  s.units_returned,
  s.revenue,
  s.price_low,
  s.price_usual,
  s.price_high
FROM sold AS s
LEFT JOIN described AS d ON d.product = s.product

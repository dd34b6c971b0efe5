/* kith:
description: Who the shop's customers are, and where they lived when. One row per customer and country in turn.
key: [customer_id, valid_from]
columns:
  country: {description: "As on the customer's latest invoice of that time, in the shop's spelling."}
  region: {description: "The shop's sales region."}
  first_seen_on: {description: "Day of the first invoice."}
  valid_from: {description: "After this instant the row held; nobody is a customer before the first invoice."}
  valid_to: {description: "Until this instant, which does not see the next row yet; empty while it still holds."}
checks:
  - unique: [customer_id, valid_from]
*/

-- There is no list of customers, only what they bought. A history can be made of that: a customer
-- moves when an invoice first names another country. (Eight of them did; some moved back.)
--
-- valid_from and valid_to make this a table with history, so a profile can take its attributes as
-- they were at any instant. The first row begins with the first invoice and not since ever: as of
-- a day before it, there must be no sign of a customer who has yet to come.

WITH seen AS (
  -- One country per customer and instant. Two invoices in one minute: the higher number counts.
  SELECT customer_id, ordered_at, country
  FROM order_lines
  WHERE customer_id IS NOT NULL
  QUALIFY row_number() OVER (
    PARTITION BY customer_id, ordered_at ORDER BY invoice DESC, line DESC
  ) = 1
),
compared AS (
  SELECT
    customer_id,
    ordered_at,
    country,
    lag(country) OVER (PARTITION BY customer_id ORDER BY ordered_at) AS country_before,
    min(ordered_at) OVER (PARTITION BY customer_id) AS first_seen_at
  FROM seen
),
moves AS (
  SELECT
    customer_id,
    country,
    CAST(first_seen_at AS DATE) AS first_seen_on,   -- in the project's time zone
    ordered_at AS moved_at
  FROM compared
  WHERE country_before IS NULL OR country_before <> country
)
SELECT
  m.customer_id,
  m.country,
  c.region,
  m.first_seen_on,
  m.moved_at AS valid_from,
  lead(m.moved_at) OVER (PARTITION BY m.customer_id ORDER BY m.moved_at) AS valid_to
FROM moves AS m
LEFT JOIN countries AS c ON c.country = m.country

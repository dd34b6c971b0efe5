package dev.kith.examples.retail;

import java.time.LocalDateTime;
import java.util.List;

/**
 * One invoice that sold goods.
 *
 * @param invoice the invoice's number
 * @param customer the customer's number, or 0 for a sale without a customer
 * @param soldAt the shop's local time of the invoice's first line
 * @param products the distinct stock codes sold, in upper case and in the order of the lines
 */
record Basket(String invoice, int customer, LocalDateTime soldAt, List<String> products) {

  Basket {
    if (products.isEmpty()) {
      throw new IllegalArgumentException("A basket needs products: " + invoice);
    }
    products = List.copyOf(products);
  }
}

package dev.kith.examples.retail;

/**
 * One event of the clickstream. An empty text, a zero customer and a negative dwell time stand for
 * "none" and are written as JSON nulls.
 *
 * @param id unique for each event
 * @param at when it happened, in milliseconds since 1970-01-01 UTC
 * @param customer the customer's number, 0 before sign-in
 * @param session the visit that it belongs to
 * @param visitor who came, with which device
 * @param step what was done
 * @param dwellMillis time until the next event of the visit, -1 for its last event
 * @param referrer where the visit came from, on its first event only
 */
record Click(
    long id,
    long at,
    int customer,
    long session,
    Visitor visitor,
    Step step,
    long dwellMillis,
    String referrer) {

  /** What a visitor does at one moment. The product is empty where no single one is meant. */
  record Step(String kind, String product, String url) {}
}

package dev.kith.examples.retail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes up the clickstream that the shop of the Online Retail data set might have had: the same
 * customers, products and dates, told from the side of the web site.
 *
 * <ul>
 *   <li>Every invoice that sold goods ends a visit in which some of its products were viewed.
 *   <li>Customers also come on days before and after an order, just to look.
 *   <li>Passers-by have an {@code anonymous_id} and never a {@code customer_id}; some customers
 *       begin as strangers and sign in on the way.
 *   <li>Delivery is as unreliable as it is in life: a few events are days late, a few come twice,
 *       and 28 lines are broken on purpose (see {@code Damage}), so that there are rejected rows to
 *       look at.
 * </ul>
 *
 * <p>Everything follows from the sales file and the seed: no clock, no locale, no default time
 * zone. The same seed gives the same lines everywhere, and the same bytes wherever the JDK
 * compresses with the same zlib.
 */
public final class Clickstream {

  /** The seed of the demo. */
  public static final long DEMO_SEED = 20101201;

  private static final long DELIVERY_STREAM = 3L << 40;

  private Clickstream() {}

  /**
   * What was written.
   *
   * @param events distinct events
   * @param lines lines in all files, including repeated and broken ones
   * @param broken lines that don't hold a valid event
   * @param files one for each month
   */
  public record Summary(int events, int lines, int broken, int files) {}

  /**
   * Generates the year and writes {@code 2010-12.json.gz}, {@code 2011-01.json.gz} and so on: one
   * JSON object per line, in the order of arrival.
   *
   * @param sales the shop's export, {@code online_retail.csv.gz}
   * @param folder where the files go; created if absent, existing files are overwritten
   * @throws IOException if the sales can't be read or a file can't be written
   */
  public static Summary generate(Path sales, Path folder, long seed) throws IOException {
    List<Click> clicks = new Visits(seed, Sales.read(sales)).all();
    List<Delivery> deliveries = Delivery.of(clicks, SplitMix.of(seed, DELIVERY_STREAM));
    int files = ClickFiles.write(deliveries, folder);
    return new Summary(clicks.size(), deliveries.size(), Delivery.BROKEN, files);
  }
}

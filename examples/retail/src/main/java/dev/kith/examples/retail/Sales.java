package dev.kith.examples.retail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What the shop sold: the skeleton that the clickstream is hung on.
 *
 * @param baskets every invoice that sold goods, in the order of the file
 * @param byDay the stock codes of all lines sold on a day, repeats kept, so that picking one of
 *     them at random picks what was popular in that season
 */
record Sales(List<Basket> baskets, TreeMap<LocalDate, List<String>> byDay) {

  private static final Pattern GOODS = Pattern.compile("[0-9]{5}[A-Z]*|DCGS[0-9A-Z]+|PADS");

  private static final int INVOICE = 0;
  private static final int STOCK_CODE = 1;
  private static final int QUANTITY = 3;
  private static final int INVOICE_DATE = 4;
  private static final int UNIT_PRICE = 5;
  private static final int CUSTOMER_ID = 6;

  /**
   * Reads the shop's export.
   *
   * @throws IOException if the file can't be read
   */
  static Sales read(Path csvGz) throws IOException {
    Map<String, Basket> open = new LinkedHashMap<>();
    Map<String, Set<String>> products = new LinkedHashMap<>();
    TreeMap<LocalDate, List<String>> byDay = new TreeMap<>();
    try (BufferedReader lines = reader(csvGz)) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> fields = CsvLine.split(line);
        String product = fields.get(STOCK_CODE).toUpperCase(Locale.ROOT);
        if (isSale(fields) && GOODS.matcher(product).matches()) {
          Basket first = open.computeIfAbsent(fields.get(INVOICE), i -> basket(fields, product));
          products.computeIfAbsent(first.invoice(), i -> new LinkedHashSet<>()).add(product);
          byDay.computeIfAbsent(first.soldAt().toLocalDate(), d -> new ArrayList<>()).add(product);
        }
      }
    }
    List<Basket> baskets = new ArrayList<>(open.size());
    for (Basket basket : open.values()) {
      List<String> all = List.copyOf(products.getOrDefault(basket.invoice(), Set.of()));
      baskets.add(new Basket(basket.invoice(), basket.customer(), basket.soldAt(), all));
    }
    return new Sales(List.copyOf(baskets), byDay);
  }

  /**
   * What was sold on the last day of trade up to this day: some of it is on many people's minds.
   */
  List<String> popularOn(LocalDate day) {
    Map.Entry<LocalDate, List<String>> nearest = byDay.floorEntry(day);
    return nearest == null ? byDay.firstEntry().getValue() : nearest.getValue();
  }

  LocalDate firstDay() {
    return byDay.firstKey();
  }

  LocalDate lastDay() {
    return byDay.lastKey();
  }

  static BufferedReader reader(Path csvGz) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(csvGz), 1 << 16), StandardCharsets.UTF_8));
  }

  private static boolean isSale(List<String> fields) {
    return !fields.get(QUANTITY).startsWith("-") && Double.parseDouble(fields.get(UNIT_PRICE)) > 0;
  }

  private static Basket basket(List<String> fields, String product) {
    String customer = fields.get(CUSTOMER_ID);
    return new Basket(
        fields.get(INVOICE),
        customer.isEmpty() ? 0 : (int) Double.parseDouble(customer),
        LocalDateTime.parse(fields.get(INVOICE_DATE).replace(' ', 'T')),
        List.of(product));
  }
}

package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Through the tables of the retail example: as-of rows are what a run at the instant published, no
 * source row at or after the instant changes a feature, and none before it a label. {@code
 * -Dkith.seed=N} repeats a run.
 */
class LeakageTest {

  private static final long SEED = Long.getLong("kith.seed", 20_111_209L);
  private static final int DAYS = Integer.getInteger("kith.days", 3);

  private static final ZoneId SHOP = ZoneId.of("Europe/London");
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Pattern LINE =
      Pattern.compile("(C?[0-9]+),.*?,(-?[0-9]+),(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d),.*");
  private static final Pattern CLICK = Pattern.compile(".*\"occurred_at\": ?\"(\\d{4}-[^\"]+)\".*");
  private static final String PEOPLE = "SELECT DISTINCT customer_id FROM customers ORDER BY 1";
  private static final String FIXED =
      "SELECT unnest(range(12346, 18288)) AS customer_id"; // all that the shop ever had

  @TempDir private static Path temporary;
  private static ProjectFolder shop;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void publish() throws IOException {
    shop = ShopYear.write(temporary.resolve("shop"));
    shop.kith().succeed("run");
  }

  @Test
  void rowsAreWhatARunAtTheInstantPublished() throws IOException {
    ProjectFolder copy = shop.copyTo(temporary.resolve("days"));
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = LocalDate.of(2010, 12, 2).plusDays(random.nextInt(372));
      copy.kith().succeed("run", "--as-of", day.toString());
      List<List<String>> published =
          csv(
              copy.kith()
                  .succeed(
                      "query",
                      "-f",
                      "csv",
                      "SELECT customer_id, as_of, true AS \"exists\", * EXCLUDE (customer_id, as_of)"
                          + " FROM customer ORDER BY 1"));
      List<List<String>> rows = csv(asOf(copy, PEOPLE, day.toString(), "customer"));
      rows.removeIf(row -> row.get(2).equals("false"));

      assertThat(published).as("seed %d, day %s", SEED, day).hasSizeGreaterThan(1);
      assertAlike(rows, published, "seed " + SEED + ", day " + day);
    }
  }

  @Test
  void nothingAtOrAfterTheInstantChangesAFeature() throws IOException {
    LocalDateTime instant = someMoment();
    List<List<String>> before = features(shop, instant);
    ProjectFolder copy = ShopYear.write(temporary.resolve("after"));
    ShopYear.rewriteSales(copy, sale -> isBefore(sale, instant) ? sale : changed(sale));
    ShopYear.rewriteClicks(
        copy, click -> isClickBefore(click, instant) ? click : changedClick(click));
    copy.kith().succeed("run");

    assertAlike(features(copy, instant), before, "seed " + SEED + ", instant " + instant);
  }

  @Test
  void whatIsBeforeTheInstantChangesFeaturesAndNoLabel() throws IOException {
    LocalDateTime instant = someMoment();
    Set<String> open = new HashSet<>(); // invoices with lines on both sides are orders of after
    for (String sale : ShopYear.sales(shop.path())) {
      if (!isBefore(sale, instant)) {
        open.add(sale.substring(0, sale.indexOf(',')));
      }
    }
    ProjectFolder copy = ShopYear.write(temporary.resolve("before"));
    UnaryOperator<String> tenfold =
        sale ->
            isBefore(sale, instant) && !open.contains(sale.substring(0, sale.indexOf(',')))
                ? replaced(sale, 2, matched(sale).group(2) + "0")
                : sale;
    ShopYear.rewriteSales(copy, tenfold);
    copy.kith().succeed("run");

    assertAlike(labels(copy, instant), labels(shop, instant), "seed " + SEED + ", " + instant);
    assertThat(features(copy, instant)).isNotEqualTo(features(shop, instant));
  }

  /** When some line was invoiced, so that there is one exactly at the instant. */
  private LocalDateTime someMoment() throws IOException {
    List<String> sales = ShopYear.sales(shop.path());
    String sale;
    do {
      sale = sales.get(sales.size() / 4 + random.nextInt(sales.size() / 2));
    } while (!matched(sale).matches());
    return LocalDateTime.parse(time(sale), MINUTE);
  }

  private String changed(String sale) {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> replaced(sale, 2, "7");
      case 2 -> sale.replaceFirst("[0-9]{5}\\.0,", (13_000 + random.nextInt(5_000)) + ".0,");
      default -> sale.replaceFirst("United Kingdom|France|Germany|EIRE", "Spain");
    };
  }

  private String changedClick(String click) {
    return random.nextBoolean() ? "" : click.replace("\"view\"", "\"search\"");
  }

  private static boolean isBefore(String sale, LocalDateTime instant) {
    return !matched(sale).matches() || LocalDateTime.parse(time(sale), MINUTE).isBefore(instant);
  }

  private static boolean isClickBefore(String click, LocalDateTime instant) {
    Matcher matcher = CLICK.matcher(click);
    return !matcher.matches()
        || java.time.OffsetDateTime.parse(matcher.group(1))
            .toInstant()
            .isBefore(instant.atZone(SHOP).toInstant());
  }

  private static Matcher matched(String sale) {
    Matcher matcher = LINE.matcher(sale);
    boolean unused = matcher.matches();
    return matcher;
  }

  private static String time(String sale) {
    return matched(sale).group(3);
  }

  private static String replaced(String sale, int group, String by) {
    Matcher matcher = matched(sale);
    return sale.substring(0, matcher.start(group)) + by + sale.substring(matcher.end(group));
  }

  private static List<List<String>> features(ProjectFolder project, LocalDateTime instant)
      throws IOException {
    return csv(asOf(project, FIXED, MINUTE.format(instant), "customer"));
  }

  private static List<List<String>> labels(ProjectFolder project, LocalDateTime instant)
      throws IOException {
    return csv(
        project
            .kith()
            .succeed(
                "asof",
                "churn",
                "--keys",
                FIXED,
                "--at",
                MINUTE.format(instant),
                "--columns",
                "orders_next_30d,orders_next_90d,spend_next_30d,lost_next_90d",
                "-f",
                "csv"));
  }

  private static KithCommand.Outcome asOf(
      ProjectFolder project, String keys, String at, String name) {
    return project.kith().succeed("asof", name, "--keys", keys, "--at", at, "-f", "csv");
  }

  private static List<List<String>> csv(KithCommand.Outcome outcome) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(outcome.out())) {
      for (CsvRecord row : csv) {
        rows.add(row.getFields());
      }
    }
    return rows;
  }

  private static void assertAlike(
      List<List<String>> actual, List<List<String>> expected, String what) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int row = 0; row < expected.size(); row++) {
      for (int column = 0; column < expected.get(row).size(); column++) {
        String a = actual.get(row).get(column);
        String b = expected.get(row).get(column);
        if (!alike(a, b)) {
          throw new AssertionError(
              "%s: %s of %s: %s, not %s"
                  .formatted(what, expected.get(0).get(column), expected.get(row).get(0), a, b));
        }
      }
    }
  }

  /** Doubles may differ by the order in which they were added. */
  private static boolean alike(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    try {
      double x = Double.parseDouble(a);
      double y = Double.parseDouble(b);
      return Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(y));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

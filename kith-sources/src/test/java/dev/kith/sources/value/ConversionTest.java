package dev.kith.sources.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.Primitive;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Values get into a type without loss, or not at all. */
class ConversionTest {

  private static final ZoneId ZONE = ZoneId.of("America/New_York");

  private static Object convert(Object value, DataType type) {
    return Conversion.to(type, new TimeReading(ZONE, Optional.empty())).apply(value);
  }

  private static void unfit(DataType type, Object... values) {
    for (Object value : values) {
      assertThat(convert(value, type)).as("%s as %s", value, type).isSameAs(Conversion.UNFIT);
    }
  }

  @Test
  void integers() {
    assertThat(convert("17850.0", Primitive.BIGINT)).isEqualTo(17850L);
    assertThat(convert(" 12 ", Primitive.BIGINT)).isEqualTo(12L);
    assertThat(convert("-9223372036854775808", Primitive.BIGINT)).isEqualTo(Long.MIN_VALUE);
    assertThat(convert("1e3", Primitive.BIGINT)).isEqualTo(1000L);
    assertThat(convert("-7", Primitive.INTEGER)).isEqualTo(-7);
    unfit(Primitive.BIGINT, "1.5", "9223372036854775808", "0x1F", "1_000", "", "-", "1e999", "١");
    unfit(Primitive.INTEGER, "3000000000", 3_000_000_000L);
  }

  @Test
  void decimalsAndDoubles() {
    Decimal money = new Decimal(10, 2);
    assertThat(convert("1.2", money)).isEqualTo(new BigDecimal("1.20"));
    assertThat(convert("1.230", money)).isEqualTo(new BigDecimal("1.23"));
    assertThat(convert("1e2", money)).isEqualTo(new BigDecimal("100.00"));
    unfit(money, "1.239", "123456789.00", "abc", "1e-5");
    assertThat(convert("1.5", Primitive.DOUBLE)).isEqualTo(1.5);
    assertThat(convert("-inf", Primitive.DOUBLE)).isEqualTo(Double.NEGATIVE_INFINITY);
    unfit(Primitive.DOUBLE, "1e400", "1,5", "1d", "0x1p3", 9007199254740993L);
  }

  @Test
  void times() {
    assertThat(convert("2024-07-01", Primitive.INSTANT))
        .isEqualTo(Instant.parse("2024-07-01T04:00:00Z"));
    assertThat(convert("2024-07-01 10:00+02", Primitive.INSTANT))
        .isEqualTo(Instant.parse("2024-07-01T08:00:00Z"));
    assertThat(convert("2024-07-01T10:00:00.5 UTC", Primitive.INSTANT))
        .isEqualTo(Instant.parse("2024-07-01T10:00:00.500Z"));
    assertThat(convert("2024-7-1 10:00", Primitive.TIMESTAMP))
        .isEqualTo(LocalDateTime.of(2024, 7, 1, 10, 0));
    assertThat(convert("2024-07-01 00:00:00", Primitive.DATE)).isEqualTo(LocalDate.of(2024, 7, 1));
    assertThat(convert("7:05", Primitive.TIME)).isEqualTo(LocalTime.of(7, 5));
    unfit(Primitive.DATE, "2024-07-01 10:00", "2024-02-30", "yesterday", "20240701");
    unfit(Primitive.TIMESTAMP, "2024-07-01T10:00Z", "2024-07-01 25:00");
    unfit(Primitive.INSTANT, "2024-07-01 10:00 Mars", "12");
  }

  @Test
  void digitsBeyondMicrosecondsAreCutAndRemembered() {
    TimeReading times = new TimeReading(ZONE, Optional.empty());
    Conversion conversion = Conversion.to(Primitive.TIMESTAMP, times);

    assertThat(conversion.apply("2024-01-01 00:00:00.1234560"))
        .isEqualTo(LocalDateTime.parse("2024-01-01T00:00:00.123456"));
    assertThat(times.cutDigits()).isFalse();
    assertThat(conversion.apply("2024-01-01 00:00:00.1234567"))
        .isEqualTo(LocalDateTime.parse("2024-01-01T00:00:00.123456"));
    assertThat(times.cutDigits()).isTrue();
  }

  @Test
  void formats() {
    assertThat(read("%d/%m/%Y %H:%M", "1/12/2010 8:26"))
        .isEqualTo(LocalDateTime.of(2010, 12, 1, 8, 26));
    assertThat(read("%b %d, %Y %I:%M %p", "Feb 29, 2024 12:05 am"))
        .isEqualTo(LocalDateTime.of(2024, 2, 29, 0, 5));
    assertThat(read("%Y%m%d%H%M%S", "20240229235959"))
        .isEqualTo(LocalDateTime.of(2024, 2, 29, 23, 59, 59));
    assertThat(read("%d/%m/%Y", "31/02/2024")).isSameAs(Conversion.UNFIT);
    assertThat(read("%d/%m/%Y", "01/02/2024 10:00")).isSameAs(Conversion.UNFIT);
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> TimeFormat.of("%Y-%Q")))
        .hasMessageContaining("unknown directive");
  }

  private static Object read(String format, String text) {
    return Conversion.to(
            Primitive.TIMESTAMP, new TimeReading(ZONE, Optional.of(TimeFormat.of(format))))
        .apply(text);
  }

  @Test
  void nestedValues() {
    DataType list = DataType.parse("int[]").orElseThrow();
    DataType struct = DataType.parse("struct(a int, b varchar)").orElseThrow();
    assertThat(convert(new JsonText("[1, null]"), list)).isEqualTo(Arrays.asList(1, null));
    assertThat(convert("{\"a\": 1, \"b\": \"x\"}", struct)).isEqualTo(Map.of("a", 1, "b", "x"));
    unfit(list, "[1.5]", "1", "[1", List.of("x"));
    unfit(struct, "{\"a\": 1, \"c\": 2}");
  }

  @Test
  void typesAreInferredWithCare() {
    assertThat(inferred("1", "-20")).contains(Primitive.BIGINT);
    assertThat(inferred("1", "2.5")).contains(Primitive.DOUBLE);
    assertThat(inferred("007")).contains(Primitive.TEXT);
    assertThat(inferred("+49123")).contains(Primitive.TEXT);
    assertThat(inferred("1234567890123456789")).contains(Primitive.TEXT);
    assertThat(inferred("true", "FALSE")).contains(Primitive.BOOLEAN);
    assertThat(inferred("0", "true")).contains(Primitive.TEXT);
    assertThat(inferred("2024-01-01")).contains(Primitive.DATE);
    assertThat(inferred("2024-01-01", "2024-01-01 10:00")).contains(Primitive.TIMESTAMP);
    assertThat(inferred("2024-01-01T10:00Z", "2024-01-01")).contains(Primitive.INSTANT);
    assertThat(inferred("2024-01-01", "soon")).contains(Primitive.TEXT);
    assertThat(inferred()).isEmpty();
  }

  private static Optional<DataType> inferred(String... texts) {
    TimeReading iso = new TimeReading(ZONE, Optional.empty());
    ColumnSample sample = new ColumnSample(true, iso, iso);
    for (String text : texts) {
      sample.add(text);
    }
    return sample.type();
  }
}

package dev.kith.project;

import dev.kith.model.definition.SourceDefinition.RejectionLimit;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of {@code max_rejected:}. */
final class RejectionLimits {

  /** Enough for the odd broken line, and too little for a column that changed its meaning. */
  static final String DEFAULT = "1%";

  static final String PATTERN = "unlimited|[0-9]{1,18}|[0-9]{1,3}(\\.[0-9]{1,6})?%";

  private static final Pattern SHARE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,6})?%");
  private static final Pattern ROWS = Pattern.compile("[0-9]{1,18}");

  private RejectionLimits() {}

  static Optional<RejectionLimit> parse(String text) {
    if (text.equals("unlimited")) {
      return Optional.of(new RejectionLimit.Unlimited());
    }
    if (ROWS.matcher(text).matches()) {
      return Optional.of(new RejectionLimit.Count(Long.parseLong(text)));
    }
    if (!SHARE.matcher(text).matches()) {
      return Optional.empty();
    }
    double fraction =
        new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2).doubleValue();
    return fraction <= 1 ? Optional.of(new RejectionLimit.Share(fraction)) : Optional.empty();
  }
}

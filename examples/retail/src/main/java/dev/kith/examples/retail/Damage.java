package dev.kith.examples.retail;

/** The ways in which a line of the clickstream arrives broken: each is one that real ones show. */
enum Damage {
  /** The connection broke in the middle of the line. */
  CUT_IN_HALF {
    @Override
    String apply(String line) {
      return line.substring(0, line.length() / 2);
    }
  },
  /** A tracker that lost its identifier. */
  WITHOUT_ID {
    @Override
    String apply(String line) {
      return line.replaceFirst("\"event_id\":\"[^\"]*\"", "\"event_id\":null");
    }
  },
  WITHOUT_TIME {
    @Override
    String apply(String line) {
      return line.replaceFirst("\"occurred_at\":\"[^\"]*\"", "\"occurred_at\":null");
    }
  },
  /** A time that isn't one. */
  TIME_IN_WORDS {
    @Override
    String apply(String line) {
      return line.replaceFirst("\"occurred_at\":\"[^\"]*\"", "\"occurred_at\":\"yesterday\"");
    }
  },
  /** A customer number that isn't a number. */
  CUSTOMER_IN_WORDS {
    @Override
    String apply(String line) {
      return line.replaceFirst("\"customer_id\":[^,]*", "\"customer_id\":\"unknown\"");
    }
  },
  /** A kind of event that nobody agreed on. */
  UNKNOWN_KIND {
    @Override
    String apply(String line) {
      return line.replaceFirst("\"kind\":\"[^\"]*\"", "\"kind\":\"hover\"");
    }
  },
  /** An identifier that is used again, at the same instant, for something else. */
  REUSED_ID {
    @Override
    String apply(String line) {
      return line.replaceFirst("\"ip\":\"[^\"]*\"", "\"ip\":\"192.0.2.255\"");
    }
  };

  /** The damaged form of a good line. */
  abstract String apply(String line);
}

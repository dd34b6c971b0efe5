package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** The yardstick's program: runs a file of SQL in a plain DuckDB, and ends. */
final class PlainDuckDb {

  private PlainDuckDb() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    try (Duck duck = new Duck()) {
      duck.execute(Files.readString(Path.of(arguments[0])));
    }
  }
}

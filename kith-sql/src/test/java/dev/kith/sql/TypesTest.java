package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import dev.kith.model.type.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kith's types and DuckDB's are the same, there and back. */
final class TypesTest {

  @Test
  void everyTypeSurvivesDuckDb() {
    List<DataType> types = new ArrayList<>(List.of(Primitive.values()));
    types.addAll(List.of(new Decimal(1, 0), new Decimal(18, 3), new Decimal(38, 38)));
    for (DataType type : List.copyOf(types)) {
      types.add(new ListOf(type));
      types.add(new MapOf(Primitive.TEXT, type));
      types.add(new Struct(List.of(new Column("a b\"c", type), new Column("Order", type))));
    }
    types.add(new ListOf(new ListOf(new Struct(List.of(new Column("m", types.get(20)))))));
    List<Column> columns = new ArrayList<>();
    for (DataType type : types) {
      columns.add(new Column("c" + columns.size(), type));
    }
    TableSchema schema = new TableSchema(columns);
    Problems problems = new Problems();
    assertThat(
            Sql.ANALYZER.validate(
                Sql.parsed("select * from t"),
                Schemas.of(Map.of(TableName.of("t"), schema)),
                problems))
        .as(problems.all().toString())
        .contains(schema);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1::tinyint | INTEGER
          1::usmallint | INTEGER
          1::uinteger | BIGINT
          1::ubigint | DECIMAL(20,0)
          1::hugeint | DECIMAL(38,0)
          1.5 | DECIMAL(2,1)
          1e0 | DOUBLE
          1::real | FLOAT
          'x'::json | VARCHAR
          'a'::enum('a', 'it''s') | VARCHAR
          [1, 2]::integer[2] | INTEGER[]
          now() | TIMESTAMP WITH TIME ZONE
          timestamp '2020-01-01' | TIMESTAMP
          '2020-01-01'::timestamp_ns | TIMESTAMP
          {'a': 1, 'B c': ['x']} | STRUCT("a" INTEGER, "B c" VARCHAR[])
          map {'a': 1} | MAP(VARCHAR, INTEGER)
          uuid() | UUID
          'x'::blob | BLOB
          """)
  void otherTypesOfDuckDbBecomeOurs(String expression, String type) {
    String described = new QueryValidatorProbe().type("select " + expression + " as x");
    assertThat(DataType.parse(described).map(DataType::sql)).contains(type);
  }

  @Test
  void theReferenceListsEveryType() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/types.md"));
    for (Primitive primitive : Primitive.values()) {
      assertThat(page).contains("| `" + primitive.sql() + "` |");
    }
    assertThat(page).contains("| `DECIMAL(p,s)` |", "| `T[]` |", "| `STRUCT(", "| `MAP(K, V)` |");
  }

  /** DuckDB's own word for a type, past the checks of definitions. */
  private static final class QueryValidatorProbe {
    String type(String sql) {
      Problems problems = new Problems();
      ParsedQuery query = Sql.ANALYZER.parse(Sql.at(sql), Purpose.QUESTION, problems).orElseThrow();
      try (DuckDb engine = new DuckDb(java.time.ZoneOffset.UTC, Answers.none())) {
        return new QueryValidator(engine, Answers.none())
            .describe(query, Sql.SCHEMAS, problems)
            .orElseThrow(() -> new AssertionError(problems.all()))
            .get(0)
            .type();
      }
    }
  }
}

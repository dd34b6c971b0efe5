package dev.kith.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.TableLayout;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import org.junit.jupiter.api.Test;

/** Writes in each mode. */
public abstract class WriteContract extends EngineContract {

  private static final TableSchema SCHEMA =
      TableSchema.of(new Column("id", Primitive.BIGINT), new Column("name", Primitive.TEXT));

  @Test
  void appendsRowsByNameOfColumn() {
    PhysicalTable table = create("people_1", TableLayout.of(SCHEMA));

    WriteOutcome outcome = append(table, "SELECT 'a' AS NAME, 1 AS id");
    append(table, "SELECT 2 AS id");

    assertThat(outcome.rowsAdded()).isEqualTo(1);
    assertThat(outcome.bytesWritten()).isPositive();
    assertThat(outcome.snapshotId()).isPresent();
    assertThat(content(table)).containsExactly("1|a", "2|null");
  }
}

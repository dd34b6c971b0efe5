package dev.kith.engine.duckdb;

import dev.kith.lake.CompactionGroup;
import dev.kith.lake.CompactionPolicy;
import dev.kith.lake.LakeCode;
import dev.kith.lake.LakeTable;
import dev.kith.lake.WrittenFile;
import dev.kith.model.KithException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Rewrites groups of files so that their rows lie in fewer, and keep their identity. */
final class Compaction {

  private final PositionTables tables;
  private final ParquetOutput output;

  Compaction(PositionTables tables, ParquetOutput output) {
    this.tables = tables;
    this.output = output;
  }

  OptionalLong compact(LakeTable table, CompactionPolicy policy) {
    List<CompactionGroup> groups = table.compactionNeeded(policy);
    if (groups.isEmpty()) {
      return OptionalLong.empty();
    }
    Fields fields = Fields.ofNow(table);
    List<ParquetOutput.Written> outputs = new ArrayList<>();
    try {
      Map<CompactionGroup, List<WrittenFile>> rewritten = new LinkedHashMap<>();
      for (CompactionGroup group : groups) {
        ParquetOutput.Written written = rewrite(table, fields, group);
        outputs.add(written);
        rewritten.put(group, written.files());
      }
      return OptionalLong.of(table.compact(rewritten).id());
    } catch (KithException e) {
      if (e.code() != LakeCode.COMMIT_UNKNOWN) {
        outputs.forEach(ParquetOutput.Written::discard);
      }
      throw e;
    }
  }

  private ParquetOutput.Written rewrite(LakeTable table, Fields fields, CompactionGroup group) {
    Scan scan = Scan.of(group.files(), fields, fields.names(), Scan.Layer.IDENTITIES, tables);
    try {
      return output.rewrite(table, scan.sql(), group.partition());
    } finally {
      scan.positions().forEach(tables::drop);
    }
  }
}

package dev.kith.lake;

import dev.kith.model.KithException;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** Changes of a table's columns that leave its files as they are: by field ids. */
final class SchemaEvolution {

  private SchemaEvolution() {}

  /** What stands against giving the table these columns in place. */
  static Optional<String> obstacle(
      Table table, TableSchema target, Map<String, String> renamedFrom) {
    Map<Column, Types.NestedField> matched = match(table, target, renamedFrom);
    for (Map.Entry<Column, Types.NestedField> pair : matched.entrySet()) {
      Types.NestedField old = pair.getValue();
      DataType oldType = IcebergTypes.toKith(old.type());
      DataType newType = pair.getKey().type();
      if (!oldType.equals(newType) && !isWider(old.type(), newType)) {
        return Optional.of(
            "column '" + old.name() + "' cannot go from " + oldType.sql() + " to " + newType.sql());
      }
    }
    Set<Integer> kept = new HashSet<>();
    matched.values().forEach(field -> kept.add(field.fieldId()));
    for (PartitionField part : table.spec().fields()) {
      if (!kept.contains(part.sourceId())) {
        return Optional.of("files are spread by a column that would go");
      }
    }
    return Optional.empty();
  }

  private static boolean isWider(Type from, DataType to) {
    Type target = IcebergTypes.toIceberg(to);
    return from.isPrimitiveType()
        && target.isPrimitiveType()
        // A date may become a timestamp in format v3, but its partitions would not.
        && from.typeId() != Type.TypeID.DATE
        && TypeUtil.isPromotionAllowed(from, target.asPrimitiveType());
  }

  static void apply(Table table, TableSchema target, Map<String, String> renamedFrom) {
    Optional<String> obstacle = obstacle(table, target, renamedFrom);
    if (obstacle.isPresent()) {
      throw KithException.project(
          LakeCode.UNFIT_SCHEMA,
          table.name(),
          "Cannot change the columns of '" + table.name() + "': " + obstacle.get());
    }
    Map<Column, Types.NestedField> matched = match(table, target, renamedFrom);
    Transaction transaction = table.newTransaction();
    UpdateSchema update = transaction.updateSchema();
    for (Types.NestedField field : table.schema().columns()) {
      if (matched.values().stream().noneMatch(kept -> kept.fieldId() == field.fieldId())) {
        update.deleteColumn(field.name());
      }
    }
    for (Column column : target.columns()) {
      Types.NestedField old = matched.get(column);
      if (old == null) {
        update.addColumn(column.name(), IcebergTypes.toIceberg(column.type()));
        continue;
      }
      if (!IcebergTypes.toKith(old.type()).equals(column.type())) {
        update.updateColumn(old.name(), IcebergTypes.toIceberg(column.type()).asPrimitiveType());
      }
      if (!old.name().equals(column.name())) {
        update.renameColumn(old.name(), column.name());
      }
    }
    update.commit();
    order(transaction, target);
    renameInLayout(transaction, matched);
    transaction.commitTransaction();
  }

  private static void order(Transaction transaction, TableSchema target) {
    if (IcebergTypes.toKith(transaction.table().schema()).names().equals(target.names())) {
      return;
    }
    UpdateSchema update = transaction.updateSchema();
    String previous = null;
    for (String name : target.names()) {
      if (previous == null) {
        update.moveFirst(name);
      } else {
        update.moveAfter(name, previous);
      }
      previous = name;
    }
    update.commit();
  }

  private static void renameInLayout(
      Transaction transaction, Map<Column, Types.NestedField> matched) {
    Map<String, String> renamed = new HashMap<>();
    matched.forEach((column, old) -> renamed.put(old.name(), column.name()));
    Map<String, String> changed = Layouts.renamed(transaction.table().properties(), renamed);
    if (!changed.isEmpty()) {
      UpdateProperties update = transaction.updateProperties();
      changed.forEach(update::set);
      update.commit();
    }
  }

  /** New columns to the fields whose values they go on with; columns that are new have none. */
  private static Map<Column, Types.NestedField> match(
      Table table, TableSchema target, Map<String, String> renamedFrom) {
    Map<String, Types.NestedField> byName = new HashMap<>();
    List<Types.NestedField> fields = table.schema().columns();
    fields.forEach(field -> byName.put(lower(field.name()), field));
    Map<Column, Types.NestedField> matched = new LinkedHashMap<>();
    for (Column column : target.columns()) {
      Types.NestedField same = byName.get(lower(column.name()));
      String oldName = renamedFrom.get(column.name());
      Types.NestedField old = oldName == null ? null : byName.get(lower(oldName));
      if (same != null) {
        matched.put(column, same);
      } else if (old != null && !target.has(old.name())) {
        matched.put(column, old);
      }
    }
    return matched;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}

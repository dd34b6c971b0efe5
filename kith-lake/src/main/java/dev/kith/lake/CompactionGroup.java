package dev.kith.lake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files of one partition to be rewritten into one.
 *
 * <p>The new file holds the rows that are not deleted, and two columns more, so that rows keep
 * their identity: {@code _row_id} (BIGINT, field id 2147483540), which is the source's column where
 * it has one and not NULL, else {@link ScanFile#firstRowId()} plus the position; and {@code
 * _last_updated_sequence_number} (BIGINT, field id 2147483539), likewise else {@link
 * ScanFile#dataSequenceNumber()}.
 */
public record CompactionGroup(List<@Nullable Object> partition, List<ScanFile> files) {

  public static final int ROW_ID_FIELD = 2147483540;
  public static final int LAST_UPDATED_FIELD = 2147483539;

  public CompactionGroup {
    partition = Collections.unmodifiableList(new ArrayList<>(partition));
    files = List.copyOf(files);
  }

  static List<CompactionGroup> of(Iterable<ScanFile> files, CompactionPolicy policy) {
    Map<List<@Nullable Object>, List<ScanFile>> candidates = new LinkedHashMap<>();
    for (ScanFile file : files) {
      if (policy.isSmall(file) || policy.hasManyDeletes(file)) {
        candidates.computeIfAbsent(file.partition(), partition -> new ArrayList<>()).add(file);
      }
    }
    List<CompactionGroup> groups = new ArrayList<>();
    candidates.forEach(
        (partition, found) -> {
          Set<ScanFile> joined = joined(found.stream().filter(policy::isSmall).toList(), policy);
          List<ScanFile> chosen =
              found.stream()
                  .filter(file -> joined.contains(file) || policy.hasManyDeletes(file))
                  .toList();
          groups.addAll(packed(partition, chosen, policy.targetBytes()));
        });
    return groups;
  }

  /**
   * Small files that are too many. A file larger than all smaller ones together waits until these
   * have grown: so a row is rewritten about as often as its file can double, not each time.
   */
  private static Set<ScanFile> joined(List<ScanFile> small, CompactionPolicy policy) {
    List<ScanFile> bySize =
        small.stream().sorted(Comparator.comparingLong(ScanFile::sizeBytes)).toList();
    int end = 0;
    long smallerBytes = 0;
    for (int i = 0; i < bySize.size(); i++) {
      long bytes = bySize.get(i).sizeBytes();
      if (bytes <= smallerBytes) {
        end = i + 1;
      }
      smallerBytes += bytes;
    }
    return end < policy.smallFiles() ? Set.of() : Set.copyOf(bySize.subList(0, end));
  }

  private static List<CompactionGroup> packed(
      List<@Nullable Object> partition, List<ScanFile> files, long targetBytes) {
    List<CompactionGroup> groups = new ArrayList<>();
    List<ScanFile> current = new ArrayList<>();
    long bytes = 0;
    for (ScanFile file : files) {
      if (!current.isEmpty() && bytes + file.sizeBytes() > targetBytes) {
        groups.add(new CompactionGroup(partition, current));
        current = new ArrayList<>();
        bytes = 0;
      }
      current.add(file);
      bytes += file.sizeBytes();
    }
    if (!current.isEmpty()) {
      groups.add(new CompactionGroup(partition, current));
    }
    // A lone file without deletes would only be copied.
    groups.removeIf(group -> group.files().size() == 1 && !group.files().get(0).hasDeletes());
    return groups;
  }
}

package dev.kith.lake;

import java.util.List;

/** What happened to the rows of a table between two snapshots. */
public sealed interface Changes {

  /**
   * The net change: a row that came and went in between is in neither list. Rows that a compaction
   * moved are not changes. Which file a row is in may differ from what either snapshot says.
   */
  record Known(List<ChangedFile> added, List<ChangedFile> removed) implements Changes {
    public Known {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }

    public boolean isEmpty() {
      return added.isEmpty() && removed.isEmpty();
    }
  }

  /** It cannot be told; whoever asked has to read the table anew. */
  record Unknown(Reason reason, String message) implements Changes {}

  /** Why changes are not known. */
  enum Reason {
    /** The earlier snapshot has expired, or one in between. */
    EXPIRED,
    /** The later snapshot does not descend from the earlier one. */
    NOT_AN_ANCESTOR,
    /** Another program moved rows to other files and lost their identity. */
    ROW_IDS_LOST
  }
}

package dev.kith.model.definition;

import dev.kith.model.definition.ProjectSettings.Secret;
import java.util.Optional;

/**
 * {@code lineage:} of kith.yaml: that runs are told of as OpenLineage events.
 *
 * @param target where the events go
 * @param namespace of jobs and tables; the project's name unless given
 */
public record LineageSettings(Target target, Optional<String> namespace) {

  /** Where events go. */
  public sealed interface Target {

    /** Appended to a file, one event a line; relative to the project folder, or absolute. */
    record ToFile(String path) implements Target {
      /** Without the path, whose text may hold a secret. */
      @Override
      public String toString() {
        return "ToFile";
      }
    }

    /**
     * Sent to an HTTP endpoint, one request an event.
     *
     * @param token that is sent as bearer, if any
     */
    record ToEndpoint(String url, Optional<Secret> token) implements Target {
      /** Without the URL, whose text may hold a secret. */
      @Override
      public String toString() {
        return "ToEndpoint";
      }
    }
  }
}

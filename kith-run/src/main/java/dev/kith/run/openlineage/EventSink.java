package dev.kith.run.openlineage;

import dev.kith.model.definition.LineageSettings.Target;
import java.io.IOException;
import java.nio.file.Path;

/** Takes events, each one JSON object in a line. */
interface EventSink extends AutoCloseable {

  /** Hands over one event. */
  void send(String event) throws IOException, InterruptedException;

  @Override
  default void close() {}

  /**
   * @param folder the project's, to which a file is relative
   */
  static EventSink of(Target target, Path folder) {
    return target instanceof Target.ToFile file
        ? new FileSink(folder.resolve(file.path()))
        : new EndpointSink((Target.ToEndpoint) target);
  }
}

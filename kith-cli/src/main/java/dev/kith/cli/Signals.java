package dev.kith.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The signals that ask a process to end. Java tells of them by shutdown hooks, which cannot hear a
 * second one nor let a command say how it ended; the class that can is in every JDK but not in its
 * promises, and so is looked for at run time. Where it is missing, signals end the process at once.
 */
final class Signals {

  /** Ctrl-C. */
  static final int INTERRUPT = 2;

  private static final int TERMINATE = 15;

  private static final Map<String, Integer> NUMBERS = Map.of("INT", INTERRUPT, "TERM", TERMINATE);

  private Signals() {}

  /**
   * From now on the signals do this and nothing else.
   *
   * @param handler is told the signal's number, in a thread of its own
   */
  static void handle(IntConsumer handler) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      for (Map.Entry<String, Integer> signal : NUMBERS.entrySet()) {
        Object proxy =
            Proxy.newProxyInstance(
                Signals.class.getClassLoader(),
                new Class<?>[] {handlers},
                (self, method, arguments) -> {
                  handler.accept(signal.getValue());
                  return null;
                });
        signals
            .getMethod("handle", signals, handlers)
            .invoke(null, signals.getConstructor(String.class).newInstance(signal.getKey()), proxy);
      }
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      // They keep their usual effect, which is safe and only less polite.
    }
  }
}

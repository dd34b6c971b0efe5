package dev.kith.run.event;

/** Hears of what a run does; called from several threads, one at a time. */
public interface RunListener {
  void on(RunEvent event);
}

package dev.kith.run.plan;

import java.util.Optional;

/**
 * How a table is built.
 *
 * @param costs what each way would take, where there was more than one
 */
public record Choice(Method method, Optional<UpdateCosts> costs) {

  /** The only way there is. */
  Choice(Method method) {
    this(method, Optional.empty());
  }
}

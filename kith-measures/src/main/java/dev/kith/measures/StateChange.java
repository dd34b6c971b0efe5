package dev.kith.measures;

import java.util.Optional;

/**
 * How the rows change that were kept of a step.
 *
 * @param step the step's name
 * @param rows a query for the rows to add
 * @param replaced a query for the keys of people whose rows are deleted first
 */
public record StateChange(String step, String rows, Optional<String> replaced) {}

package dev.kith.run;

import dev.kith.lake.CleanReport;
import dev.kith.run.check.ForgottenChecks;

/**
 * What cleaning has freed, or would free.
 *
 * @param warehouse a dry run does not count the files of what is forgotten of checks
 */
public record CleaningReport(CleanReport warehouse, ForgottenChecks checks) {}

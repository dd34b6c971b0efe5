package dev.kith.run.graph;

import dev.kith.measures.DatasetPlan;
import dev.kith.model.definition.DatasetDefinition;

/** A dataset that was understood. No run builds it: it is computed when somebody asks for it. */
public record DatasetNode(DatasetDefinition definition, DatasetPlan plan) {}

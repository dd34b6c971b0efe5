package dev.kith.project;

import dev.kith.model.SourceSpan;
import java.util.List;
import java.util.Set;

/** Makes a value that has every key of a shape. */
final class Everything {

  private static final SourceSpan SPAN = SourceSpan.startOf("x");

  private Everything() {}

  /**
   * Such a value.
   *
   * @param alternative which one to take wherever a shape has several
   */
  static YamlValue of(Shape shape, int alternative) {
    if (shape instanceof Shape.Either either) {
      return of(
          either.shapes().get(Math.min(alternative, either.shapes().size() - 1)), alternative);
    }
    if (shape instanceof Shape.Keyed keyed) {
      return new YamlValue.Fields(
          keyed.keys().stream()
              .map(key -> field(key.name(), of(key.shape(), alternative)))
              .toList(),
          Set.of(),
          SPAN);
    }
    if (shape instanceof Shape.Named named) {
      return new YamlValue.Fields(
          List.of(field("name", of(named.value(), alternative))), Set.of(), SPAN);
    }
    if (shape instanceof Shape.Items items) {
      return new YamlValue.Items(List.of(of(items.element(), alternative)), SPAN);
    }
    if (shape instanceof Shape.Choice choice) {
      return scalar(choice.words().get(0));
    }
    return shape instanceof Shape.Scalar scalar ? scalar(example(scalar.format())) : nothing();
  }

  private static String example(Format format) {
    return switch (format) {
      case TYPE -> "varchar";
      case MOMENT -> "2026-01-31";
      case ZONE -> "Europe/London";
      case WINDOW, LOOKBACK, SPAN -> "30d";
      case PAUSE -> "2s";
      case SIZE -> "4GB";
      case LIMIT, COUNT, AMOUNT, ROWS, SHARE, VERSION -> "1";
      case CHARACTER -> ";";
      case TRUTH -> "true";
      case ENCODING -> "UTF-8";
      case FEATURE -> "profile.*";
      case TEXT, LITERAL, EXPRESSION, NAME, ENVIRONMENT, COLUMN, TABLE, PATTERN -> "text";
    };
  }

  private static YamlValue.Field field(String key, YamlValue value) {
    return new YamlValue.Field(scalar(key), value);
  }

  private static YamlValue.Scalar scalar(String text) {
    return new YamlValue.Scalar(text, YamlValue.Type.TEXT, SPAN);
  }

  private static YamlValue.Scalar nothing() {
    return new YamlValue.Scalar("", YamlValue.Type.NULL, SPAN);
  }
}

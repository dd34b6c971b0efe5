package dev.kith;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which column each component of a record takes its value from. */
final class RecordMapping<T extends Record> {

  private final Constructor<T> constructor;
  private final RecordComponent[] components;
  private final int[] places;
  private final List<String> names;

  private RecordMapping(
      Constructor<T> constructor, RecordComponent[] components, int[] places, List<String> names) {
    this.constructor = constructor;
    this.components = components;
    this.places = places;
    this.names = names;
  }

  /**
   * By name.
   *
   * @param names of the columns
   * @throws IllegalArgumentException if a component has no column
   */
  static <T extends Record> RecordMapping<T> of(Class<T> type, List<String> names) {
    RecordComponent[] components = type.getRecordComponents();
    int[] places = new int[components.length];
    for (int i = 0; i < components.length; i++) {
      places[i] = place(components[i], type, names);
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true); // of records that are private to a class, too
      return new RecordMapping<>(constructor, components, places, names);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Cannot find the constructor of a record: " + type, e);
    }
  }

  private static int place(RecordComponent component, Class<?> type, List<String> names) {
    UnaryOperator<String> exact = name -> name.toLowerCase(Locale.ROOT);
    for (UnaryOperator<String> spelling :
        List.of(exact, (UnaryOperator<String>) name -> exact.apply(name).replace("_", ""))) {
      String wanted = spelling.apply(component.getName());
      for (int place = 0; place < names.size(); place++) {
        if (spelling.apply(names.get(place)).equals(wanted)) {
          return place;
        }
      }
    }
    throw new IllegalArgumentException(
        "Cannot fill '%s' of %s: there is no such column among %s"
            .formatted(component.getName(), type.getSimpleName(), String.join(", ", names)));
  }

  T record(Row row) {
    return record(row.values());
  }

  T record(List<@Nullable Object> values) {
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] =
          Conversions.component(
              components[i].getGenericType(), values.get(places[i]), names.get(places[i]));
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "Cannot make a record %s of a row".formatted(constructor.getDeclaringClass()),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a record: " + constructor, e);
    }
  }
}

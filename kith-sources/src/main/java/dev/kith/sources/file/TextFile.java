package dev.kith.sources.file;

import dev.kith.model.KithException;
import dev.kith.sources.fault.SourceCode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** An open file of text: its content, its lines, and its name for messages. */
final class TextFile implements AutoCloseable {

  private final String name;
  private final ContentStream content;
  private final TextDecoder decoder;
  private final LineReader lines;

  private TextFile(String name, ContentStream content, TextDecoder decoder) {
    this.name = name;
    this.content = content;
    this.decoder = decoder;
    this.lines = new LineReader(decoder);
  }

  static TextFile open(Path file, String name, TextOptions options) {
    try {
      ContentStream content = ContentStream.open(file);
      try {
        return new TextFile(name, content, new TextDecoder(content, options.encoding()));
      } catch (IOException e) {
        content.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileFaults.of(name, null, e);
    }
  }

  String name() {
    return name;
  }

  ContentStream content() {
    return content;
  }

  LineReader lines() {
    return lines;
  }

  /** A fault of reading, with the line and the encoding if it is about them. */
  KithException fault(IOException cause) {
    String place = name + ":" + lines.number();
    if (cause instanceof CharacterCodingException) {
      return KithException.project(
              SourceCode.WRONG_ENCODING,
              place,
              "Cannot read %s: not text in %s".formatted(place, decoder.charset().name()))
          .withHelp("Say which it is, such as 'encoding: windows-1252', below 'from:'");
    }
    boolean damaged =
        cause instanceof EOFException
            || cause instanceof ZipException
            || cause instanceof com.github.luben.zstd.ZstdIOException;
    return FileFaults.of(damaged ? name : place, damaged ? lines.number() : null, cause);
  }

  /** Refuses text with NUL characters, which is mostly UTF-16 read as something else. */
  void checkText(@Nullable Line line) {
    if (line != null && line.text().indexOf('\0') >= 0) {
      throw KithException.project(
              SourceCode.WRONG_ENCODING,
              name + ":" + line.number(),
              "Cannot read %s:%d: NUL characters, so this is not text in %s"
                  .formatted(name, line.number(), decoder.charset().name()))
          .withHelp("If it is UTF-16, say 'encoding: utf-16' below 'from:'");
    }
  }

  @Override
  public void close() {
    try {
      decoder.close();
    } catch (IOException e) {
      throw FileFaults.of(name, null, e);
    }
  }
}

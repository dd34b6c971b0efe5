package dev.kith.cli;

import java.util.List;

/** A command that has something to add once the fault that ended it is told. */
interface Epilogue {

  /** Lines for people. */
  List<String> afterFault();
}

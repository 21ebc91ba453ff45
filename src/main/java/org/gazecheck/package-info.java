/**
 * Gazecheck for programs: load a model, predict, explain. See {@link org.gazecheck.Model}.
 *
 * <p><b>This package is the whole API.</b> Every other package ({@code org.gazecheck.*}) is internal even where its
 * classes are public: those may change or go in any version.
 *
 * <p>Logging goes through SLF4J. Native memory is bounded by {@code -Dorg.bytedeco.javacpp.maxphysicalbytes=...}.
 */
package org.gazecheck;

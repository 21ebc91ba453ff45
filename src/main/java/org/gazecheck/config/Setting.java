package org.gazecheck.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of {@link Configuration} means and may hold: the one place from which the reader's checks, the
 * defaults and {@code docs/configuration.md} are made.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Setting {
    /** In {@link #initial}: the setting must be given. */
    String REQUIRED = "<required>";

    /** In {@link #initial}: stands for the configuration file's name without ending. */
    String NAME = "<name>";

    /** What it means, for the reference: a phrase without a full stop. */
    String value();

    /** The default as it would stand in the file; {@code null} where a setting may be absent. */
    String initial() default REQUIRED;

    /** Smallest number allowed. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Whether {@link #min} itself is too small. */
    boolean above() default false;

    /** Largest number allowed. */
    double max() default Double.POSITIVE_INFINITY;

    /** Whether {@link #max} itself is too large. */
    boolean below() default false;

    /** Smallest number of entries, for lists. */
    int entries() default 0;

    /** Whether a list may hold the same entry twice. */
    boolean repeatable() default false;

    /** The texts allowed; empty when any is. */
    String[] oneOf() default {};

    /** Whether it is a number of bytes, which may be written with kB, MB, GB, KiB, MiB or GiB. */
    boolean bytes() default false;
}

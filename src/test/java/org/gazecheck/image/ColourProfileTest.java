package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColourProfileTest {
    private static final double ADOBE_GAMMA = 563 / 256.0;

    private final ImageDecoder decoder = new ImageDecoder(1_000_000);

    @Test
    void displayP3BecomesSrgbByTheFormulasOfBoth() throws InvalidImageException {
        assertConverted(IccProfiles.P3, 0);
    }

    @Test
    void adobeRgbBecomesSrgbByTheFormulasOfBoth() throws InvalidImageException {
        assertConverted(IccProfiles.ADOBE, ADOBE_GAMMA);
    }

    private void assertConverted(double[][] primaries, double gamma) throws InvalidImageException {
        byte[] values = new byte[3000];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (20 + random.nextInt(236));
        }
        byte[] converted = ColourProfile.of(IccProfiles.rgb(primaries, gamma), 3)
                .orElseThrow()
                .convert(values);
        for (int i = 0; i < values.length; i += 3) {
            double[] expected =
                    IccProfiles.toSrgb(primaries, gamma, values[i] & 0xff, values[i + 1] & 0xff, values[i + 2] & 0xff);
            for (int c = 0; c < 3; c++) {
                // Where a channel is near 0 its curve is steep, and 16 bits of XYZ are a few levels.
                assertEquals(expected[c], converted[i + c] & 0xff, expected[c] < 20 ? 4 : 1.6, "value " + (i + c));
            }
        }
        byte[] jpeg = Jpeg.encode(ImageDecoderTest.smooth(32, 32), 1f);
        DecodedImage read = decoder.read(IccProfiles.inJpeg(jpeg, IccProfiles.rgb(primaries, gamma)));
        assertEquals(Set.of(DecodingNote.PROFILE), read.notes());
        assertFalse(Arrays.equals(decoder.decode(jpeg).rgb(), read.image().rgb()));
    }

    @Test
    void profilesOfSrgbChangeNoValueAndAreNotTold() throws InvalidImageException {
        byte[] jpeg = Jpeg.encode(ImageDecoderTest.smooth(48, 32), 0.9f);
        byte[] plain = decoder.decode(jpeg).rgb();
        for (byte[] srgb : new byte[][] {
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData(), IccProfiles.rgb(IccProfiles.SRGB, 0)
        }) {
            DecodedImage read = decoder.read(IccProfiles.inJpeg(jpeg, srgb));
            assertArrayEquals(plain, read.image().rgb());
            assertEquals(Set.of(), read.notes());
        }
    }

    @Test
    void aGreyImageHasItsProfileAppliedToo() throws InvalidImageException {
        byte[] linear = new byte[256];
        for (int i = 0; i < 256; i++) {
            linear[i] = (byte) i;
        }
        byte[] rgb = ColourProfile.of(IccProfiles.grey(1), 1).orElseThrow().convert(linear);
        assertEquals(188, rgb[128 * 3] & 0xff, 2, "half of the light is 188 of sRGB");
        assertEquals(rgb[128 * 3], rgb[128 * 3 + 2]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 500})
    void aProfileThatIsNoneIsIgnoredAndTold(int length) throws InvalidImageException {
        byte[] jpeg = Jpeg.encode(ImageDecoderTest.smooth(48, 32), 0.9f);
        DecodedImage read = decoder.read(IccProfiles.inJpeg(jpeg, new byte[length]));
        assertArrayEquals(decoder.decode(jpeg).rgb(), read.image().rgb());
        assertEquals(Set.of(DecodingNote.BROKEN_PROFILE), read.notes());
    }

    @Test
    void aProfileOfOtherChannelsOrCutOffIsIgnoredAndTold() throws InvalidImageException {
        byte[] jpeg = Jpeg.encode(ImageDecoderTest.smooth(48, 32), 0.9f);
        byte[] p3 = IccProfiles.rgb(IccProfiles.P3, 0);
        for (byte[] icc : new byte[][] {IccProfiles.grey(2.2), Arrays.copyOf(p3, 300)}) {
            DecodedImage read = decoder.read(IccProfiles.inJpeg(jpeg, icc));
            assertArrayEquals(decoder.decode(jpeg).rgb(), read.image().rgb());
            assertEquals(Set.of(DecodingNote.BROKEN_PROFILE), read.notes());
        }
    }

    @Test
    void inksWithoutAProfileAreToldAndFollowTheFormula() throws Exception {
        DecodedImage read = decoder.read(ImageDecoderTest.cmyk(25, 235, 235, 0));
        assertEquals(Set.of(DecodingNote.INKS), read.notes());
        byte[] rgb = read.image().rgb();
        assertEquals(230, rgb[0] & 0xff, 2);
        assertEquals(20, rgb[1] & 0xff, 2);
        assertTrue(decoder.read(IccProfiles.inJpeg(ImageDecoderTest.cmyk(25, 235, 235, 0), new byte[200]))
                .notes()
                .containsAll(Set.of(DecodingNote.INKS, DecodingNote.BROKEN_PROFILE)));
    }

    @Test
    void inksInYcckAreThoseOfCmyk() throws Exception {
        byte[] inks = new byte[16 * 16 * 4];
        for (int i = 0; i < inks.length; i += 4) {
            inks[i] = (byte) 40;
            inks[i + 1] = (byte) 160;
            inks[i + 2] = (byte) 220;
            inks[i + 3] = (byte) 30;
        }
        ImageDecoderTest.assertClose(
                decoder.decode(CmykFiles.jpeg(16, 16, inks)), decoder.decode(CmykFiles.jpeg(16, 16, inks, 2)), 4);
    }

    @Test
    void aProfileOfInksIsAppliedAsOneOfRgbIs() throws Exception {
        RgbImage image = ImageDecoderTest.smooth(48, 32);
        byte[] stored =
                IccProfiles.stored(IccProfiles.ADOBE, ADOBE_GAMMA, image).rgb();
        byte[] inks = new byte[48 * 32 * 4];
        for (int i = 0; i < 48 * 32; i++) {
            for (int c = 0; c < 3; c++) {
                inks[i * 4 + c] = (byte) (255 - (stored[i * 3 + c] & 0xff));
            }
        }
        byte[] jpeg = CmykFiles.jpeg(48, 32, inks);
        DecodedImage read = decoder.read(IccProfiles.inJpeg(jpeg, IccProfiles.inks(IccProfiles.ADOBE, ADOBE_GAMMA)));
        assertEquals(Set.of(DecodingNote.PROFILE), read.notes());
        double off = 0;
        double ignored = 0;
        byte[] formula = decoder.decode(jpeg).rgb();
        for (int i = 0; i < image.rgb().length; i++) {
            off += Math.abs((image.rgb()[i] & 0xff) - (read.image().rgb()[i] & 0xff));
            ignored += Math.abs((image.rgb()[i] & 0xff) - (formula[i] & 0xff));
        }
        assertTrue(off / image.rgb().length < 3, "off by " + off / image.rgb().length);
        assertTrue(ignored > 2 * off, "ignored " + ignored / image.rgb().length);
    }
}

package io.erniegateway.ernie.simulated;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Which pictures Baidu takes: fewer than 6000 × 6000 pixels, the shorter side at least 5 (pages Lm9cwwy1t, Om9b4yj3w). A
 * picture on the web is not fetched, so only its address is looked at. Pure.
 */
final class Pictures {
    private static final int LARGEST = 6000;
    private static final int SMALLEST = 5;
    private static final Pattern DATA = Pattern.compile("data:image/([a-z0-9.+-]+);base64,(.*)");

    private Pictures() {}

    /** What is wrong with the picture. */
    static Optional<String> fault(String url) {
        if (url.startsWith("http://") || url.startsWith("https://")) {
            return isAddress(url) ? Optional.empty() : Optional.of("the address of the image is none");
        }
        Matcher data = DATA.matcher(url);
        if (!data.matches()) {
            return Optional.of("an image must be an http(s) address or data:image/<type>;base64,<characters>");
        }
        try {
            return fault(Base64.getDecoder().decode(data.group(2)));
        } catch (IllegalArgumentException e) {
            return Optional.of("the image is no base64");
        }
    }

    /** Reads no more than the head. */
    private static Optional<String> fault(byte[] bytes) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.of("the image cannot be read");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                int longer = Math.max(reader.getWidth(0), reader.getHeight(0));
                int shorter = Math.min(reader.getWidth(0), reader.getHeight(0));
                return longer < LARGEST && shorter >= SMALLEST
                        ? Optional.empty()
                        : Optional.of("the image must be below 6000 x 6000 pixels, its shorter side at least 5");
            } finally {
                reader.dispose();
            }
        } catch (IOException e) {
            return Optional.of("the image cannot be read");
        }
    }

    private static boolean isAddress(String url) {
        try {
            return URI.create(url).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

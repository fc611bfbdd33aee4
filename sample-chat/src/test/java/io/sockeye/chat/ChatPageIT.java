package io.sockeye.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The chat as people meet it: the real page in a real browser, on the real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ChatPageIT {
    private static final double PATIENCE_MILLIS = 20_000;
    private static final String LOBBY = "lobby";

    private final List<Visitor> visitors = new ArrayList<>();
    private ChatBrowser browser;
    private ChatServer server;

    @BeforeAll
    void launchBrowser() {
        browser = ChatBrowser.launch();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    @BeforeEach
    void startServer() throws Exception {
        server = ChatServer.start(0);
    }

    @AfterEach
    void everybodyLeaves() throws Exception {
        List<String> errors =
                visitors.stream().flatMap(visitor -> visitor.errors().stream()).toList();
        visitors.forEach(Visitor::leaves);
        visitors.clear();
        server.close();
        assertThat(errors).isEmpty();
    }

    @AfterAll
    void closeBrowser() {
        if (browser != null) browser.close();
    }

    @Test
    void upgradesFromPollingToWebSocketBeforeTheEyes() {
        Visitor ann = enter("Ann");

        assertThat(ann.transports()).containsSubsequence("polling", "websocket");
    }

    @Test
    void aMessageReachesTheOthersAndTheSenderSeesThatItDid() {
        Visitor ann = enter("Ann");
        Visitor bob = enter("Bob");
        assertThat(ann.people()).hasCount(2);

        ann.says("Good morning <b>Bob</b>");
        assertThat(bob.message("Good morning <b>Bob</b>")).hasCount(1);
        assertThat(ann.message("Good morning")).hasAttribute("data-state", "delivered");

        bob.says("Good morning Ann");
        assertThat(ann.message("Good morning Ann")).hasCount(1);
        assertThat(ann.messages()).hasCount(2);
        assertThat(bob.messages()).hasCount(2);
    }

    @Test
    void whoeverComesLaterReadsWhatWasSaid() {
        Visitor ann = enter("Ann");
        ann.says("Said before Bob came");
        assertThat(ann.message("Said before")).hasAttribute("data-state", "sent");

        assertThat(enter("Bob").message("Said before Bob came")).hasCount(1);
    }

    @Test
    void showsWhoIsTypingUntilTheyStop() {
        Visitor ann = enter("Ann");
        Visitor bob = enter("Bob");

        bob.types("Let me think");
        assertThat(ann.find("#typing")).hasText("Bob is typing");

        bob.types("");
        assertThat(ann.find("#typing")).isHidden();
    }

    @Test
    void aWhisperIsSeenByOnePersonOnly() {
        Visitor ann = enter("Ann");
        Visitor bob = enter("Bob");
        Visitor eve = enter("Eve");
        assertThat(ann.people()).hasCount(3);

        ann.whispersTo("Bob");
        ann.says("Not for Eve");
        assertThat(bob.message("Not for Eve")).containsText("whispers to you");
        assertThat(ann.message("Not for Eve")).hasAttribute("data-state", "delivered");

        ann.stopsWhispering();
        ann.says("For everybody");
        assertThat(eve.message("For everybody")).hasCount(1);
        assertThat(eve.messages()).hasCount(1);
    }

    @Test
    void aSmallPictureArrivesByteForByte() throws IOException {
        Visitor ann = enter("Ann");
        Visitor bob = enter("Bob");
        byte[] png = png(120, 80);

        ann.sendsPicture(new FilePayload("noise.png", "image/png", png));

        assertThat(bob.picture()).hasJSProperty("naturalWidth", 120);
        assertThat(bob.picture()).hasJSProperty("naturalHeight", 80);
        assertThat(bob.savesPicture()).isEqualTo(png);
    }

    @Test
    void aLargePictureIsMadeSmallerBeforeItIsSent() throws IOException {
        Visitor ann = enter("Ann");
        Visitor bob = enter("Bob");
        byte[] png = png(1200, 800);
        assertThat(png).hasSizeGreaterThan(1_000_000);

        ann.sendsPicture(new FilePayload("noise.png", "image/png", png));

        assertThat(bob.picture()).hasJSProperty("complete", true);
        assertThat(bob.savesPicture()).hasSizeBetween(1, 650_000);
    }

    @Test
    void aReloadKeepsThePersonTheRoomAndWhatWasSaid() {
        Visitor ann = enter("Ann");
        Visitor bob = enter("Bob");
        ann.says("Before the reload");
        assertThat(bob.message("Before the reload")).hasCount(1);

        ann.reloads();
        ann.isInside(LOBBY);
        assertThat(ann.find("#me-name")).hasText("Ann");
        assertThat(ann.message("Before the reload")).hasClass(Pattern.compile("\\bmine\\b"));

        bob.says("Welcome back");
        assertThat(ann.message("Welcome back")).hasCount(1);
        assertThat(ann.people()).hasCount(2);
    }

    @Test
    void aMessageTypedWhileTheServerIsAwayArrivesOnce() throws Exception {
        Visitor ann = enter("Ann");
        Visitor bob = enter("Bob");
        ann.says("Before the restart");
        assertThat(ann.message("Before the restart")).hasAttribute("data-state", "delivered");

        int port = server.port();
        server.close();
        assertThat(ann.find("#banner")).containsText("Reconnecting");
        assertThat(ann.find("#transport")).hasText("offline");
        ann.says("Typed meanwhile");
        assertThat(ann.message("Typed meanwhile")).hasAttribute("data-state", "waiting");

        server = ChatServer.start(port);
        ann.isInside(LOBBY);
        bob.isInside(LOBBY);
        assertThat(bob.message("Typed meanwhile")).hasCount(1);

        ann.says("After the restart");
        assertThat(bob.message("After the restart")).hasCount(1);
        assertThat(bob.message("Typed meanwhile")).hasCount(1);
        assertThat(ann.message("Typed meanwhile")).hasCount(1);
    }

    @Test
    void whoeverComesBackAfterABreakReadsWhatCameMeanwhile() throws Exception {
        try (var cable = new Cable(server.port())) {
            Visitor ann = enter("Ann");
            Visitor bob = visit(cable.port()).enters("Bob", LOBBY).isInside(LOBBY);
            ann.says("Before the break");
            assertThat(bob.message("Before the break")).hasCount(1);
            assertThat(ann.people()).hasCount(2);
            assertThat(ann.notice("Bob joined")).hasCount(1);

            cable.cut();
            assertThat(bob.find("#banner")).containsText("Reconnecting");
            assertThat(ann.people()).hasCount(1);
            ann.says("Said to nobody here");
            assertThat(ann.message("Said to nobody here")).hasAttribute("data-state", "sent");
            bob.says("Typed during the break");
            cable.mend();

            assertThat(bob.message("Said to nobody here")).hasCount(1);
            assertThat(bob.notice("While you were away")).hasCount(1);
            assertThat(ann.message("Said to nobody here")).hasAttribute("data-state", "delivered");
            assertThat(ann.message("Typed during the break")).hasCount(1);
            assertThat(bob.messages()).hasCount(3);
            assertThat(ann.people()).hasCount(2);
            assertThat(ann.notice("Bob joined")).hasCount(1);
            assertThat(bob.banners()).contains("Connected again. 1 message came while you were away.");
        }
    }

    /** The answer is the one thing that recovery does not give back: the page has a look at the room instead. */
    @Test
    void aMessageWhoseReceiptIsLostIsShownAndSentOnce() throws Exception {
        try (var cable = new Cable(server.port())) {
            Visitor ann = enter("Ann");
            Visitor bob = visit(cable.port()).enters("Bob", LOBBY).isInside(LOBBY);
            bob.says("Before the break");
            assertThat(bob.message("Before the break")).hasAttribute("data-state", "delivered");

            cable.silenceServer();
            bob.says("Arrives, but nobody says so");
            assertThat(ann.message("Arrives")).hasCount(1);
            cable.cut();
            assertThat(bob.find("#banner")).containsText("Reconnecting");
            cable.mend();

            assertThat(bob.message("Arrives")).hasAttribute("data-state", "delivered");
            bob.says("After the break");
            assertThat(ann.message("After the break")).hasCount(1);
            assertThat(ann.message("Arrives")).hasCount(1);
            assertThat(bob.message("Arrives")).hasCount(1);
        }
    }

    @Test
    void whatIsSaidInOneRoomStaysThere() {
        Visitor ann = enter("Ann");
        Visitor bob = enter("Bob");

        bob.goesTo("garden");
        bob.isInside("garden");
        assertThat(ann.people()).hasCount(1);
        bob.says("In the garden");
        assertThat(bob.message("In the garden")).hasAttribute("data-state", "sent");

        ann.goesTo("garden");
        assertThat(ann.message("In the garden")).hasCount(1);
        ann.goesTo(LOBBY);
        ann.isInside(LOBBY);
        assertThat(ann.messages()).hasCount(0);
    }

    @Test
    void theFormShowsWhyTheServerRefuses() {
        Visitor ann = visit();
        ann.liftsFormLimits();

        ann.enters("A".repeat(31), LOBBY);
        assertThat(ann.find("#name-problem")).not().isEmpty();
        assertThat(ann.find("#chat")).isHidden();

        ann.enters("Ann", LOBBY).isInside(LOBBY);
    }

    private Visitor enter(String name) {
        return visit().enters(name, LOBBY).isInside(LOBBY);
    }

    private Visitor visit() {
        return visit(server.port());
    }

    private Visitor visit(int port) {
        Visitor visitor = browser.visit("http://127.0.0.1:" + port + "/");
        visitors.add(visitor);
        return visitor;
    }

    private static byte[] png(int width, int height) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (int pixel = 0; pixel < width * height; pixel++) {
            image.setRGB(pixel % width, pixel / width, random.nextInt());
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}

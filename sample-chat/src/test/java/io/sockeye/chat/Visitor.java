package io.sockeye.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody in front of the page: does what a person does, and waits for what a person sees. */
final class Visitor {
    /** Notes every text that the transport badge and the banner ever showed; they change faster than one could look. */
    private static final String NOTE_TEXTS = """
            window.texts = { transport: [], "banner-text": [] };
            new MutationObserver(() => {
              for (const [id, texts] of Object.entries(window.texts)) {
                const text = document.getElementById(id)?.textContent;
                if (text && text !== texts.at(-1)) texts.push(text);
              }
            }).observe(document, { subtree: true, childList: true, characterData: true });
            """;

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    Visitor(BrowserContext context, String url) {
        this.context = context;
        context.addInitScript(NOTE_TEXTS);
        page = context.newPage();
        page.onPageError(errors::add);
        page.navigate(url);
    }

    Visitor enters(String name, String room) {
        page.getByLabel("Your name").fill(name);
        page.getByLabel("Room", new Page.GetByLabelOptions().setExact(true)).fill(room);
        button("Join").click();
        return this;
    }

    /** Waits until the room is open and the socket has its final transport. */
    Visitor isInside(String room) {
        assertThat(page.locator("#room-name")).hasText(room);
        assertThat(page.locator("#transport")).hasText("websocket");
        return this;
    }

    void says(String text) {
        types(text);
        page.locator("#text").press("Enter");
    }

    void types(String text) {
        page.locator("#text").fill(text);
    }

    void whispersTo(String name) {
        page.locator("#people").getByRole(AriaRole.BUTTON).filter(having(name)).click();
        assertThat(page.locator("#whisper-text")).containsText(name);
    }

    void stopsWhispering() {
        page.locator("#text").press("Escape");
        assertThat(page.locator("#whispering")).isHidden();
    }

    void sendsPicture(FilePayload picture) {
        page.locator("#file").setInputFiles(picture);
        assertThat(page.locator("#attached li")).hasCount(1);
        button("Send").click();
    }

    /** Opens the only picture and saves it. */
    byte[] savesPicture() throws IOException {
        picture().click();
        Download download =
                page.waitForDownload(() -> page.locator("#viewer-save").click());
        byte[] bytes = Files.readAllBytes(download.path());
        page.keyboard().press("Escape");
        return bytes;
    }

    Locator picture() {
        return page.locator("#entries img.picture");
    }

    void goesTo(String room) {
        page.getByLabel("Another room").fill(room);
        button("Go").click();
    }

    void reloads() {
        page.reload();
    }

    /** Lifts the limits of the form, so that only the server is left to object. */
    void liftsFormLimits() {
        page.evaluate("document.querySelectorAll('#join input').forEach(input => input.removeAttribute('maxlength'))");
    }

    Locator messages() {
        return page.locator("#entries .entry");
    }

    Locator message(String text) {
        return messages().filter(having(text));
    }

    Locator people() {
        return page.locator("#people li");
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    /** What the chat itself says between the messages. */
    Locator notice(String text) {
        return page.locator("#entries .notice").filter(having(text));
    }

    List<String> transports() {
        return texts("transport");
    }

    List<String> banners() {
        return texts("banner-text");
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String id) {
        return (List<String>) page.evaluate("id => texts[id]", id);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    void leaves() {
        context.close();
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}

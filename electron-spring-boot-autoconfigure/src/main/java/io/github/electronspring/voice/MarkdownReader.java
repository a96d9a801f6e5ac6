/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.electronspring.voice;

/**
 * Tells the marks of Markdown from text, one code point at a time, and holds back only
 * what may be a mark. Code is text, its fences are marks. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class MarkdownReader {

	private static final int NONE = -1;

	private static final int FENCE = 3;

	private static final int LONGEST_LANGUAGE = 20;

	private final SpokenText text;

	private final MarkBuffer buffer;

	private final ListNumber listNumber;

	private MarkdownState state = MarkdownState.LINE_START;

	private boolean heldAtLineStart;

	private int beforeHeld = NONE;

	private int previous = NONE;

	/** The length of the mark that started emphasis, or 0. */
	private int emphasis;

	private boolean code;

	private boolean row;

	private int parentheses;

	MarkdownReader(SpokenText text) {
		this.text = text;
		this.buffer = new MarkBuffer(text);
		this.listNumber = new ListNumber(this.buffer);
	}

	/**
	 * Take the next code point.
	 * @param codePoint the code point
	 */
	void accept(int codePoint) {
		if (Letters.isLineEnd(codePoint)) {
			endHeld();
			this.buffer.endLine();
			startLine();
		}
		else if (GraphemeClusters.joins(this.previous, codePoint)) {
			endHeld();
			join(codePoint);
		}
		else {
			step(codePoint);
		}
		this.previous = codePoint;
	}

	/**
	 * Hand out what can be spoken although more may come.
	 */
	void pause() {
		this.text.pause();
	}

	/**
	 * Hand out all there is. What comes next starts anew.
	 */
	void flush() {
		endHeld();
		this.text.flush();
		startLine();
		this.previous = NONE;
		this.code = false;
		this.listNumber.reset();
	}

	private void startLine() {
		this.state = MarkdownState.LINE_START;
		this.emphasis = 0;
		this.row = false;
	}

	private void join(int codePoint) {
		if (this.state == MarkdownState.LINK || this.state == MarkdownState.LINK_TITLE) {
			this.buffer.leaveOut(codePoint, true);
		}
		else {
			this.state = MarkdownState.TEXT;
			this.buffer.speak(codePoint, true);
		}
	}

	private void step(int codePoint) {
		switch (this.state) {
			case TEXT -> text(codePoint);
			case LINE_START -> lineStart(codePoint);
			case RUN -> run(codePoint);
			case HEADING -> heading(codePoint);
			case NUMBER -> number(codePoint);
			case ESCAPE -> escape(codePoint);
			case BANG -> bang(codePoint);
			case BRACKET -> bracket(codePoint);
			case LINK, LINK_TITLE -> link(codePoint);
			case LINK_SPACE -> linkSpace(codePoint);
			case FENCE -> fence(codePoint);
			case CELL -> cell(codePoint);
			case CELL_RULE -> cellRule(codePoint);
		}
	}

	private void text(int codePoint) {
		this.state = MarkdownState.TEXT;
		switch (codePoint) {
			case '*', '_', '~', '`' -> hold(codePoint, MarkdownState.RUN);
			case '\\' -> hold(codePoint, MarkdownState.ESCAPE);
			case '[' -> this.buffer.leaveOut(codePoint, false);
			case ']' -> {
				this.buffer.leaveOut(codePoint, true);
				this.state = MarkdownState.BRACKET;
			}
			case '!' -> {
				if (isBlank(this.previous)) {
					hold(codePoint, MarkdownState.BANG);
				}
				else {
					this.buffer.speak(codePoint, false);
				}
			}
			case '|' -> bar(codePoint);
			default -> this.buffer.speak(codePoint, false);
		}
	}

	private void bar(int codePoint) {
		if (this.row) {
			this.buffer.leaveOut(codePoint, false);
			this.text.endCell();
			this.state = MarkdownState.CELL;
		}
		else {
			this.buffer.speak(codePoint, false);
		}
	}

	private void lineStart(int codePoint) {
		if (Letters.isSpace(codePoint)) {
			this.buffer.speak(codePoint, false);
		}
		else if (Letters.isAsciiDigit(codePoint)) {
			this.listNumber.start(codePoint);
			this.state = MarkdownState.NUMBER;
		}
		else {
			switch (codePoint) {
				case '-', '+', '–', '*', '_', '~', '`' -> hold(codePoint, MarkdownState.RUN);
				case '•', '◦', '‣', '>' -> this.buffer.leaveOut(codePoint, false);
				case '#' -> hold(codePoint, MarkdownState.HEADING);
				case '|' -> {
					this.row = true;
					bar(codePoint);
				}
				default -> text(codePoint);
			}
		}
	}

	private void run(int codePoint) {
		if (codePoint == this.buffer.charAt(0)) {
			this.buffer.hold(codePoint);
			return;
		}
		endRun(codePoint);
		step(codePoint);
	}

	/**
	 * Take what follows the fence of a code block: the name of its language, or code
	 * after all.
	 * @param codePoint the code point
	 */
	private void fence(int codePoint) {
		if (codePoint < 0x80 && codePoint != '`' && this.buffer.length() < LONGEST_LANGUAGE) {
			this.buffer.hold(codePoint);
		}
		else {
			this.state = MarkdownState.TEXT;
			release(true, false);
			text(codePoint);
		}
	}

	private void endRun(int next) {
		this.state = MarkdownState.TEXT;
		int length = this.buffer.length();
		boolean bullet = this.heldAtLineStart && length == 1 && isBlank(next);
		switch (this.buffer.charAt(0)) {
			case '`' -> {
				this.state = (this.heldAtLineStart && length >= FENCE) ? MarkdownState.FENCE : MarkdownState.TEXT;
				release(false, this.code);
				this.code = !this.code && this.state == MarkdownState.TEXT;
			}
			case '~' -> release(length == 1, true);
			case '*' -> endEmphasis(!bullet && isOperator(next), next);
			case '_' ->
				endEmphasis(Character.isLetterOrDigit(this.beforeHeld) && Character.isLetterOrDigit(next), next);
			default -> release(!bullet && length < FENCE, false);
		}
	}

	/**
	 * Return whether asterisks are a sign of their own: between numbers, alone, after a
	 * number, or one of them before a number, as it is dialled.
	 * @param next the next code point
	 * @return whether it is so
	 */
	private boolean isOperator(int next) {
		boolean number = Character.isDigit(this.beforeHeld);
		if (isBlank(next)) {
			return next != NONE
					&& ((isBlank(this.beforeHeld) && !this.heldAtLineStart) || (number && this.emphasis == 0));
		}
		boolean single = this.buffer.length() == 1;
		if (single && isBlank(this.beforeHeld) && SentenceMark.of(next).belongsToBefore()) {
			return true;
		}
		return (number || single) && Character.isDigit(next) && this.buffer.length() != this.emphasis;
	}

	private void endEmphasis(boolean literal, int next) {
		int length = this.buffer.length();
		boolean closing = !isBlank(this.beforeHeld) && (this.emphasis > 0 || !Character.isLetterOrDigit(next));
		release(literal, closing);
		if (!literal && closing && length >= this.emphasis) {
			this.emphasis = 0;
		}
		else if (!literal && !closing) {
			this.emphasis = length;
		}
	}

	private void heading(int codePoint) {
		if (codePoint == '#') {
			this.buffer.hold(codePoint);
		}
		else {
			this.state = MarkdownState.TEXT;
			release(!Letters.isSpace(codePoint), false);
			text(codePoint);
		}
	}

	private void number(int codePoint) {
		if (this.listNumber.accept(codePoint)) {
			text(codePoint);
		}
	}

	private void escape(int codePoint) {
		this.state = MarkdownState.TEXT;
		boolean punctuation = codePoint < 0x80 && !Character.isLetterOrDigit(codePoint) && !Letters.isSpace(codePoint);
		release(!punctuation, false);
		if (punctuation) {
			this.buffer.speak(codePoint, false);
		}
		else {
			text(codePoint);
		}
	}

	private void bang(int codePoint) {
		this.state = MarkdownState.TEXT;
		release(codePoint != '[', false);
		text(codePoint);
	}

	private void bracket(int codePoint) {
		if (codePoint == '(') {
			this.parentheses = 1;
			this.state = MarkdownState.LINK;
			this.buffer.leaveOut(codePoint, true);
		}
		else {
			text(codePoint);
		}
	}

	private void link(int codePoint) {
		this.buffer.leaveOut(codePoint, true);
		if (codePoint == '(') {
			this.parentheses++;
		}
		else if (codePoint == ')' && --this.parentheses == 0) {
			this.state = MarkdownState.TEXT;
		}
		else if (this.state == MarkdownState.LINK && Letters.isSpace(codePoint)) {
			this.state = MarkdownState.LINK_SPACE;
		}
	}

	/**
	 * Take what follows the address of a link: its title, or text if it was no link.
	 * @param codePoint the code point
	 */
	private void linkSpace(int codePoint) {
		if (codePoint == '"' || codePoint == '\'' || codePoint == '(') {
			this.state = MarkdownState.LINK_TITLE;
			link(codePoint);
		}
		else if (codePoint == ')' || Letters.isSpace(codePoint)) {
			link(codePoint);
		}
		else {
			this.text.space();
			text(codePoint);
		}
	}

	private void cell(int codePoint) {
		if (codePoint == '-' || codePoint == ':') {
			hold(codePoint, MarkdownState.CELL_RULE);
		}
		else if (Letters.isSpace(codePoint)) {
			this.buffer.speak(codePoint, false);
		}
		else {
			text(codePoint);
		}
	}

	private void cellRule(int codePoint) {
		if (codePoint == '-' || codePoint == ':') {
			this.buffer.hold(codePoint);
		}
		else {
			this.state = MarkdownState.TEXT;
			release(this.buffer.length() == 1 && codePoint != '|', false);
			text(codePoint);
		}
	}

	private void hold(int codePoint, MarkdownState state) {
		this.heldAtLineStart = this.state == MarkdownState.LINE_START;
		this.buffer.hold(codePoint);
		this.beforeHeld = this.previous;
		this.state = state;
	}

	/**
	 * End what is held, as nothing that could be part of it follows.
	 */
	private void endHeld() {
		if (this.buffer.isEmpty()) {
			return;
		}
		switch (this.state) {
			case RUN -> endRun(NONE);
			case NUMBER -> this.listNumber.end(NONE);
			case BANG -> release(true, false);
			default -> release(false, false);
		}
	}

	private void release(boolean literal, boolean closing) {
		if (literal) {
			this.buffer.speakHeld();
		}
		else {
			this.buffer.leaveOutHeld(closing);
		}
	}

	private static boolean isBlank(int codePoint) {
		return codePoint == NONE || Letters.isSpace(codePoint);
	}

}

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
 * What the code points that a {@link MarkdownReader} has taken may become.
 *
 * @author The Electron Spring authors
 */
enum MarkdownState {

	/** Nothing but text. */
	TEXT,

	/** The marks at the start of a line. */
	LINE_START,

	/** A run of the same mark. */
	RUN,

	/** A heading. */
	HEADING,

	/** The number of a list's entry. */
	NUMBER,

	/** A mark that is meant as a character. */
	ESCAPE,

	/** An image. */
	BANG,

	/** A link whose text has ended. */
	BRACKET,

	/** The address of a link. */
	LINK,

	/** White space after the address of a link. */
	LINK_SPACE,

	/** The title of a link. */
	LINK_TITLE,

	/** A code block whose fence has begun. */
	FENCE,

	/** A cell of a table. */
	CELL,

	/** The rule under the head of a table. */
	CELL_RULE

}

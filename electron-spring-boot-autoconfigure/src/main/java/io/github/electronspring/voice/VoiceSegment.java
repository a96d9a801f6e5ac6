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

import org.jspecify.annotations.Nullable;

/**
 * Something to say to the caller now, after the segments before it.
 * <p>
 * The text of the model is handed out before it is known whether a tool call follows. So
 * a segment is an {@link VoiceSegmentKind#ANSWER ANSWER} unless a call of its round has
 * begun; if one begins later, {@link VoiceFillerRecognized} names the segments that
 * turned out to be a filler. Nothing of what is to be spoken depends on it.
 *
 * @param at the milliseconds since the start of the turn
 * @param index the index of the segment in the turn, from 0
 * @param kind what it is, as far as it is known
 * @param text what to say, never blank
 * @param start where it begins in the raw text of the turn, in UTF-16 units
 * @param end where it ends, exclusive; what the model has not said is empty: it begins
 * and ends where the segments of the model before it end
 * @param interruptible whether an interruption stops all that goes on: otherwise a tool
 * runs that would go on after it ({@code cancelOnBargeIn = false}), while request and
 * speech stop in either case
 * @param language the language as a BCP 47 tag, or {@code null} if it is not known
 * @author The Electron Spring authors
 */
public record VoiceSegment(long at, int index, VoiceSegmentKind kind, String text, int start, int end,
		boolean interruptible, @Nullable String language) implements VoiceEvent {

	@Override
	public String toString() {
		return "VoiceSegment[at=%d, index=%d, kind=%s, length=%d, start=%d, end=%d]".formatted(this.at, this.index,
				this.kind, this.text.length(), this.start, this.end);
	}

}

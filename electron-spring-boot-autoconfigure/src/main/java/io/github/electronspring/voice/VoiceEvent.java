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

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * An event of a {@link VoiceTurn}. {@link VoiceText} comes as the model speaks,
 * {@link VoiceSegment} when there is something to say to the caller; the events of tools
 * come in between, and {@link VoiceTurnCompleted} or {@link VoiceTurnInterrupted} is the
 * last. Events are immutable, written as JSON with a {@code type}, and show no text of a
 * message in {@code toString()}.
 *
 * @author The Electron Spring authors
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(value = VoiceText.class, name = "text"),
		@JsonSubTypes.Type(value = VoiceSegment.class, name = "segment"),
		@JsonSubTypes.Type(value = VoiceFillerRecognized.class, name = "filler-recognized"),
		@JsonSubTypes.Type(value = VoiceToolStarted.class, name = "tool-started"),
		@JsonSubTypes.Type(value = VoiceToolFinished.class, name = "tool-finished"),
		@JsonSubTypes.Type(value = VoiceToolFailed.class, name = "tool-failed"),
		@JsonSubTypes.Type(value = VoiceTurnCompleted.class, name = "completed"),
		@JsonSubTypes.Type(value = VoiceTurnInterrupted.class, name = "interrupted") })
public sealed interface VoiceEvent permits VoiceText, VoiceSegment, VoiceFillerRecognized, VoiceToolStarted,
		VoiceToolFinished, VoiceToolFailed, VoiceTurnCompleted, VoiceTurnInterrupted {

	/**
	 * Return when the event happened.
	 * @return the milliseconds since the start of the turn
	 */
	long at();

}

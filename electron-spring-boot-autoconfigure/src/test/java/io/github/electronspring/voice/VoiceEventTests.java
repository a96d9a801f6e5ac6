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

import java.util.Collections;
import java.util.List;

import io.github.electronspring.protocol.Usage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link VoiceEvent}.
 *
 * @author The Electron Spring authors
 */
class VoiceEventTests {

	private static final VoiceReport REPORT = new VoiceReport(VoiceOutcome.COMPLETED, null,
			new VoiceTimes(250L, 280L, 870, 10, List.of(new VoiceToolTime("balance", "a", 280, 520, false))),
			Usage.NONE, null, List.of("req-1"), 2);

	private static final List<VoiceEvent> EVENTS = List.of(new VoiceText(1, 0, "Hi"),
			new VoiceSegment(2, 0, VoiceSegmentKind.ANSWER, "Hi", 0, 2, true, "en"), new VoiceFillerRecognized(3, 0, 0),
			new VoiceToolStarted(4, "balance", "a"), new VoiceToolFinished(5, "balance", "a", 1),
			new VoiceToolFailed(6, "balance", "b", 1), new VoiceTurnCompleted(7, REPORT),
			new VoiceTurnInterrupted(8, 2, REPORT));

	private final JsonMapper mapper = JsonMapper.shared();

	@Test
	void eventsAreWrittenAsJsonWithATypeAndReadAgain() {
		for (VoiceEvent event : EVENTS) {
			String json = this.mapper.writeValueAsString(event);
			assertThat(this.mapper.readTree(json).get("type").asString()).isNotEmpty();
			assertThat(this.mapper.readValue(json, VoiceEvent.class)).isEqualTo(event);
		}
	}

	@Test
	void listOfEventsHasTypes() {
		assertThat(this.mapper
			.writerFor(this.mapper.getTypeFactory().constructCollectionType(List.class, VoiceEvent.class))
			.writeValueAsString(Collections.singletonList(EVENTS.get(1))))
			.isEqualTo("[{\"type\":\"segment\",\"at\":2,\"index\":0,\"kind\":\"ANSWER\",\"text\":\"Hi\",\"start\":0,"
					+ "\"end\":2,\"interruptible\":true,\"language\":\"en\"}]");
	}

}

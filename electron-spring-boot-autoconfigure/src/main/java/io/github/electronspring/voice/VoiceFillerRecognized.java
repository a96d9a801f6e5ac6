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
 * Segments that were handed out as an answer have turned out to be a filler, because the
 * model calls a tool after them.
 *
 * @param at the milliseconds since the start of the turn
 * @param first the index of the first of the segments
 * @param last the index of the last of them
 * @author The Electron Spring authors
 */
public record VoiceFillerRecognized(long at, int first, int last) implements VoiceEvent {

}

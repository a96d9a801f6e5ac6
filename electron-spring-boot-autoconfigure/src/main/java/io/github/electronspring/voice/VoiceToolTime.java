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
 * How long a tool took in a {@link VoiceTurn}.
 *
 * @param name the name of the tool
 * @param callId the identifier of the call
 * @param start the milliseconds from the start of the turn to that of the tool
 * @param duration how many milliseconds the tool took
 * @param failed whether it has failed
 * @author The Electron Spring authors
 */
public record VoiceToolTime(String name, String callId, long start, long duration, boolean failed) {

}

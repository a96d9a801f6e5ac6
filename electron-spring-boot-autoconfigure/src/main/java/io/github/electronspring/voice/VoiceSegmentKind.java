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
 * What a {@link VoiceSegment} is to the caller.
 *
 * @author The Electron Spring authors
 */
public enum VoiceSegmentKind {

	/**
	 * Said by the model beside tool calls, while they run.
	 */
	FILLER,

	/**
	 * The answer of the model, or the result of a tool that goes to the caller.
	 */
	ANSWER,

	/**
	 * Said in place of silence while a tool runs, or by the tool itself.
	 */
	PROGRESS,

	/**
	 * Said in place of an answer, because the turn has failed.
	 */
	APOLOGY

}

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

package io.github.electronspring.test.simulator;

/**
 * How a scripted stream is written, and what is added to it.
 *
 * @param role whether the chunk with the role is added
 * @param finish whether the chunk with the finish reason is added
 * @param usage whether the chunk with the usage is added when the request asks for it
 * @param done whether {@code [DONE]} is added
 * @param byteOrderMark whether the body starts with a byte-order mark
 * @param lineEnd the end of a line
 * @param splitEvery the number of bytes in a packet, 0 for one packet for each event
 * @author The Electron Spring authors
 */
record ScriptForm(boolean role, boolean finish, boolean usage, boolean done, boolean byteOrderMark, String lineEnd,
		int splitEvery) {

	static final ScriptForm REGULAR = new ScriptForm(true, true, true, true, false, "\n", 0);

	ScriptForm withoutRole() {
		return new ScriptForm(false, this.finish, this.usage, this.done, this.byteOrderMark, this.lineEnd,
				this.splitEvery);
	}

	ScriptForm withoutFinish() {
		return new ScriptForm(this.role, false, this.usage, this.done, this.byteOrderMark, this.lineEnd,
				this.splitEvery);
	}

	ScriptForm withoutUsage() {
		return new ScriptForm(this.role, this.finish, false, this.done, this.byteOrderMark, this.lineEnd,
				this.splitEvery);
	}

	ScriptForm withoutDone() {
		return new ScriptForm(this.role, this.finish, this.usage, false, this.byteOrderMark, this.lineEnd,
				this.splitEvery);
	}

	ScriptForm withByteOrderMark() {
		return new ScriptForm(this.role, this.finish, this.usage, this.done, true, this.lineEnd, this.splitEvery);
	}

	ScriptForm withLineEnd(String lineEnd) {
		return new ScriptForm(this.role, this.finish, this.usage, this.done, this.byteOrderMark, lineEnd,
				this.splitEvery);
	}

	ScriptForm withSplitEvery(int splitEvery) {
		return new ScriptForm(this.role, this.finish, this.usage, this.done, this.byteOrderMark, this.lineEnd,
				splitEvery);
	}

}

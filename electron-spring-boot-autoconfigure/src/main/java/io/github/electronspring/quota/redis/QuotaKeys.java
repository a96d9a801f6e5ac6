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

package io.github.electronspring.quota.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * The names under which Redis counts. They hold a hash of the API key, since Redis and
 * its logs are no place for the key, in braces, so that a cluster keeps all three
 * together. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class QuotaKeys {

	private final String prefix;

	private final Supplier<String> apiKey;

	private volatile Names names;

	QuotaKeys(String prefix, Supplier<String> apiKey) {
		this.prefix = prefix;
		this.apiKey = apiKey;
		this.names = names(hash(""));
	}

	/**
	 * Ask for the API key, which may have changed. If it cannot be had the names stay as
	 * they are: the request will fail for want of it, and say so better.
	 */
	void refresh() {
		String hash;
		try {
			hash = hash(this.apiKey.get().strip());
		}
		catch (RuntimeException ex) {
			return;
		}
		if (!hash.equals(this.names.hash())) {
			this.names = names(hash);
		}
	}

	/**
	 * Return the names for the API key as it was last.
	 * @return the names of places, permits, instances and the pause
	 */
	List<String> names() {
		return this.names.keys();
	}

	private Names names(String hash) {
		String account = this.prefix + "{" + hash + "}:";
		return new Names(hash,
				List.of(account + "places", account + "permits", account + "instances", account + "pause"));
	}

	private static String hash(String key) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This Java does not know SHA-256", ex);
		}
	}

	/**
	 * The names for one API key.
	 *
	 * @param hash the hash of the key
	 * @param keys the names of places, permits, instances and the pause
	 */
	private record Names(String hash, List<String> keys) {

	}

}

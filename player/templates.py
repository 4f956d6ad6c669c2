"""The HTML of the pages, with `$names` for what `pages` fills in and `$t_<key>` for the catalogue's words."""

FRAME = """<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark">
<title>$title</title>
<link rel="icon" type="image/svg+xml" href="$icon">
<link rel="stylesheet" href="$style">
<script src="$script" defer></script>
</head>
<body class="$kind" data-shows="$shows">
$body
$switch
</body>
</html>
"""

WATCH = """<header>
<h1>$title</h1>
$tries
<a class="home" href="$home" data-t="all_channels">$t_all_channels</a>
</header>
<main>
<noscript><p class="notice">$t_no_script</p></noscript>
$trial
<section id="stage" class="stage" aria-label="$title"
 data-channel="$channel" data-playlist="$playlist" data-worker="$worker">
<div class="picture">
<video id="video" playsinline aria-label="$title"></video>
<p id="notice" class="notice" role="status" aria-live="polite" data-t="state_loading">$t_state_loading</p>
<button id="gate" class="gate" type="button" hidden>
<svg viewBox="0 0 24 24" aria-hidden="true"><path class="for-play" d="M7 4.5v15l13-7.5z"/>\
<path class="for-sound" d="M4 9v6h4l5 4V5L8 9z"/>\
<path class="for-sound waves" d="M16 8.5a5 5 0 0 1 0 7M18.5 6a8.5 8.5 0 0 1 0 12"/></svg>
<span id="gate-words" data-t="watch">$t_watch</span>
</button>
</div>
<div class="controls">
<div id="past" class="past" hidden>
<div id="glimpse" class="glimpse" hidden><div id="glimpse-view" class="view"><img alt=""></div>\
<span id="glimpse-words"></span></div>
<input id="seek" type="range" min="-600" max="0" step="10" value="0" data-t-label="seek" aria-label="$t_seek">
<button id="back-to-live" type="button" data-t="back_to_live" data-t-label="back_to_live"
 aria-label="$t_back_to_live" hidden>$t_back_to_live</button>
</div>
<div id="bar" class="bar">
<span id="badge" class="badge" data-t="not_live">$t_not_live</span>
<span id="behind" class="behind"></span>
<span class="space"></span>
<button id="mute" type="button" aria-pressed="false" data-t-label="mute" aria-label="$t_mute" title="$t_mute">
<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 9v6h4l5 4V5L8 9z"/>\
<path class="waves" d="M16 8.5a5 5 0 0 1 0 7M18.5 6a8.5 8.5 0 0 1 0 12"/>\
<path class="cross" d="M16 9.5l5 5m0-5l-5 5"/></svg>
</button>
<input id="volume" type="range" min="0" max="100" step="5" value="100" data-t-label="volume"
 aria-label="$t_volume" title="$t_volume">
<select id="track" data-t-label="sound_track" aria-label="$t_sound_track" title="$t_sound_track" hidden></select>
<button id="captions" type="button" aria-pressed="false" data-t="captions" data-t-label="captions"
 aria-label="$t_captions" hidden>$t_captions</button>
<select id="quality" data-t-label="quality" aria-label="$t_quality" title="$t_quality">
<option value="auto" data-t="quality_auto">$t_quality_auto</option>
</select>
<button id="fullscreen" type="button" data-t-label="fullscreen" aria-label="$t_fullscreen" title="$t_fullscreen">
<svg viewBox="0 0 24 24" aria-hidden="true"><path class="line" d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/></svg>
</button>
</div>
</div>
</section>
</main>"""

TRIES = """<button id="trial-start" class="tries" type="button" data-t="test" aria-controls="trial"
 data-t-label="test" aria-label="$t_test">$t_test</button>"""

TRIAL = """<section id="trial" class="trial" data-told="$told" data-measure="$measure" data-t-label="test"
 aria-label="$t_test" hidden>
<dl id="trial-steps">
<div><dt data-t="test_picture">$t_test_picture</dt><dd id="trial-picture"></dd></div>
<div><dt data-t="test_line">$t_test_line</dt><dd id="trial-line"></dd></div>
<div><dt data-t="test_sound">$t_test_sound</dt><dd id="trial-sound"></dd></div>
</dl>
<div id="trial-asks" class="asks" hidden>
<p data-t="test_heard">$t_test_heard</p>
<button id="trial-heard" type="button" data-t="test_yes" data-t-label="test_yes"
 aria-label="$t_test_yes">$t_test_yes</button>
<button id="trial-unheard" class="lesser" type="button" data-t="test_no" data-t-label="test_no"
 aria-label="$t_test_no">$t_test_no</button>
<button id="trial-again" class="lesser" type="button" data-t="test_again" data-t-label="test_again"
 aria-label="$t_test_again">$t_test_again</button>
</div>
<div id="trial-result" class="result" role="status" aria-live="polite"></div>
<button id="trial-close" class="lesser" type="button" data-t="close" data-t-label="close"
 aria-label="$t_close" hidden>$t_close</button>
</section>"""

INDEX = """<header>
<h1 data-t="channels">$t_channels</h1>
</header>
<main>
$listed
<form id="code" class="code" hidden>
<label for="code-text" data-t="code">$t_code</label>
<input id="code-text" name="code" maxlength="12" autocomplete="off" autocapitalize="characters" spellcheck="false"
 placeholder="ABCD-2345">
<button type="submit" data-t="code_enter">$t_code_enter</button>
$said
</form>
</main>"""

CODE_WRONG = """<p class="said" role="alert" data-t="code_wrong">$t_code_wrong</p>"""

CODE_LATER = """<p class="said" role="alert" data-t="code_later">$t_code_later</p>"""

CHANNEL = """<li><a href="$address"><span class="name">$title</span>\
<span class="go"><span data-t="watch_live">$t_watch_live</span></span></a></li>"""

NO_CHANNELS = """<p class="lead" data-t="no_channels">$t_no_channels</p>
<p data-t="no_channels_hint">$t_no_channels_hint</p>"""

DOCUMENTS = """
<section class="beside">
<h2 data-t="documents">$t_documents</h2>
<ul class="lines">
$lines
</ul>
</section>"""

HANDED = """
<div id="handed" data-start="$start" data-end="$end">$documents</div>"""

DOCUMENT = """<li><a href="$address" download>$title</a> <span class="quiet">$kind, $size</span></li>"""

COMING = """
<section class="beside">
<h2 data-t="coming">$t_coming</h2>
<ul class="lines">
$lines
</ul>
</section>"""

ITEM = """<li><span class="quiet">$when</span> <span>$title</span></li>"""

UNKNOWN = """$said
<p><a class="home" href="$home" data-t="all_channels">$t_all_channels</a></p>
</main>"""

UNKNOWN_SAID = """<header>
<h1 data-t="unknown_channel">$t_unknown_channel</h1>
</header>
<main>
<p class="lead" role="status" data-t="unknown_channel_hint">$t_unknown_channel_hint</p>"""

SAID = """<header>
<h1>$title</h1>
</header>
<main>
<p class="lead" role="status" data-t="$key" data-values="$values">$words</p>
<p data-t="$hint">$hint_words</p>"""

SITE = """
<p class="site"><span data-t="site">$t_site</span>: $site</p>"""

ELSEWHERE = """<p class="lead" role="alert" data-t="elsewhere">$t_elsewhere</p>
<p data-t="elsewhere_hint">$t_elsewhere_hint</p>"""

ELSEWHERE_SAID = f"""<header>
<h1 data-t="elsewhere_title">$t_elsewhere_title</h1>
</header>
<main>
{ELSEWHERE}"""

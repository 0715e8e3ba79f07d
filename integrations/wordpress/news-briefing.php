<?php
/**
 * Plugin Name:       News Briefing
 * Description:       Key points and sources for your posts, shown as an interactive briefing.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           MIT OR Apache-2.0
 *
 * The panel "Briefing" stores what editors enter as canonical JSON in the post's meta `news_briefing`. The plugin
 * adds to the post only the element <news-briefing> with that JSON in it; the element renders everything visible.
 *
 * The files of `dist/` belong in a folder `dist` beside this file, or at the address that the filter
 * `news_briefing_loader` returns.
 */

namespace NewsBriefing;

defined( 'ABSPATH' ) || exit;

/** The meta key of the canonical JSON of a post's briefing; the value is empty if the post has none. */
const META = 'news_briefing';

/** Returns the address of `news-briefing.js`. */
function loader(): string {
	return apply_filters( 'news_briefing_loader', plugins_url( 'dist/news-briefing.js', __FILE__ ) );
}

/** Returns the post types that may have a briefing. */
function post_types(): array {
	return apply_filters( 'news_briefing_post_types', array( 'post' ) );
}

/** Returns the decoded briefing of a post, with the post's current title; null if the post has none. */
function briefing_of( int $post ): ?\stdClass {
	$briefing = json_decode( (string) get_post_meta( $post, META, true ) );
	if ( ! $briefing instanceof \stdClass ) {
		return null;
	}
	$briefing->title = html_entity_decode( wp_strip_all_tags( get_the_title( $post ) ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
	return $briefing;
}

/** Rejects everything but a JSON object. */
function sanitize( $json ): string {
	return is_string( $json ) && json_decode( $json ) instanceof \stdClass ? $json : '';
}

add_action(
	'init',
	function () {
		foreach ( post_types() as $type ) {
			register_post_meta(
				$type,
				META,
				array(
					'type'              => 'string',
					'single'            => true,
					'default'           => '',
					'show_in_rest'      => true,
					'sanitize_callback' => __NAMESPACE__ . '\sanitize',
					'auth_callback'     => function ( $allowed, $key, $post ) {
						return current_user_can( 'edit_post', $post );
					},
				)
			);
		}
	}
);

// Runs after the filters that format a post's paragraphs and quotes, which would change the JSON, too.
add_filter(
	'the_content',
	function ( $content ) {
		if ( ! is_singular( post_types() ) || ! in_the_loop() || ! is_main_query() || post_password_required() ) {
			return $content;
		}
		$briefing = briefing_of( get_the_ID() );
		if ( ! $briefing ) {
			return $content;
		}
		// No text can end the script: "<" and ">" are escaped.
		$json = wp_json_encode( $briefing, JSON_HEX_TAG | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
		// The post has its own title, and its text is not part of the briefing.
		return '<news-briefing sections="key-points references player">'
			. wp_get_inline_script_tag( $json, array( 'type' => 'application/json' ) )
			. '</news-briefing>' . $content;
	},
	20
);

add_action(
	'wp_head',
	function () {
		if ( is_singular( post_types() ) && briefing_of( get_queried_object_id() ) ) {
			wp_print_script_tag( array( 'type' => 'module', 'src' => loader(), 'async' => true ) );
			// The post's own title is shown above.
			echo "<style>news-briefing::part(title) { display: none }</style>\n";
		}
	}
);

add_action(
	'enqueue_block_editor_assets',
	function () {
		$screen = get_current_screen();
		if ( ! $screen || ! in_array( $screen->post_type, post_types(), true ) ) {
			return;
		}
		$needs = array( 'wp-block-editor', 'wp-components', 'wp-data', 'wp-edit-post', 'wp-element', 'wp-i18n', 'wp-plugins' );
		wp_register_script( 'news-briefing-editor', false, $needs, '0.1.0', true );
		wp_add_inline_script( 'news-briefing-editor', 'window.newsBriefingEditor = ' . wp_json_encode(
			array( 'loader' => loader(), 'lang' => get_bloginfo( 'language' ), 'meta' => META ),
			JSON_HEX_TAG
		) . ';' );
		wp_add_inline_script( 'news-briefing-editor', EDITOR );
		wp_enqueue_script( 'news-briefing-editor' );
	}
);

/** The script of the panel "Briefing" in the block editor. */
const EDITOR = <<<'JS'
( ( { components, data, editPost, editor, element, i18n, plugins }, { loader, lang, meta } ) => {
	const { createElement: el, useEffect, useRef, useState } = element;
	const { Button, Notice, TextareaControl, TextControl } = components;
	// Newer versions of WordPress have the panel in another package.
	const Panel = editor?.PluginDocumentSettingPanel ?? editPost.PluginDocumentSettingPanel;
	const __ = ( text ) => i18n.__( text, 'news-briefing' );

	const textOf = ( point ) => ( typeof point === 'string' ? point : point?.text ?? '' );

	// Returns the points for the lines. A point with more members than its text keeps them, even if its line has moved.
	function pointsOf( lines, before ) {
		const sameCount = lines.length === before.length;
		return lines.map( ( line, index ) => {
			const point = before.find( ( point ) => textOf( point ) === line ) ?? ( sameCount ? before[ index ] : line );
			return typeof point === 'object' && point ? { ...point, text: line } : line;
		} );
	}

	// Gives each source without an id an id of its own.
	function withIds( sources ) {
		const usedIds = new Set( sources.map( ( { id } ) => id ) );
		let number = 0;
		const nextId = () => {
			do number += 1; while ( usedIds.has( `r${ number }` ) );
			return `r${ number }`;
		};
		return sources.map( ( source ) => ( source.id ? source : { id: nextId(), ...source } ) );
	}

	function read( json ) {
		try {
			return JSON.parse( json ) ?? {};
		} catch {
			return {};
		}
	}

	// The fields for editors: one text with the key points as lines, and the sources.
	function Editor() {
		const post = data.useSelect( ( select ) => {
			const { getEditedPostAttribute: attribute, getPermalink } = select( 'core/editor' );
			return { title: attribute( 'title' ), json: attribute( 'meta' )?.[ meta ] ?? '', url: getPermalink() };
		}, [] );
		const { editPost: edit } = data.useDispatch( 'core/editor' );
		const briefing = read( post.json );
		const { key_points = [], references = [] } = briefing;
		// The lines as typed: empty lines do not become points.
		const [ typed, setTyped ] = useState( key_points.map( textOf ).join( '\n' ) );
		const [ problems, setProblems ] = useState( [] );
		// Returns the problems of one part of the briefing, to show below its fields.
		const problemsOf = ( part ) => problems.filter( ( { path } ) => path.startsWith( part ) ).map( problem );
		const isElsewhere = ( { path } ) => ! /^(key_points|references)\b/.test( path );

		function write( change ) {
			const next = { ...briefing, key_points, references, ...change };
			next.references = withIds( next.references );
			const isEmpty = next.key_points.length + next.references.length === 0;
			const whole = { ...next, format: 'briefing', version: '1.0', lang: next.lang ?? lang, title: post.title, url: post.url };
			// Empty lists are omitted.
			const json = JSON.stringify( whole, ( _, value ) => ( Array.isArray( value ) && ! value.length ? undefined : value ) );
			edit( { meta: { [ meta ]: isEmpty ? '' : json } } );
		}
		useEffect( () => {
			if ( post.json && briefing.title !== post.title ) write( {} );
		}, [ post.title ] );

		const setSource = ( index, change ) =>
			write( { references: references.map( ( source, at ) => ( at === index ? { ...source, ...change } : source ) ) } );
		const field = ( source, index, key, label, type = 'text' ) =>
			el( TextControl, {
				key, label, type,
				value: source[ key ] ?? '',
				// Empty texts are omitted.
				onChange: ( value ) => setSource( index, { [ key ]: value || undefined } ),
			} );

		return el( element.Fragment, null,
			el( TextareaControl, {
				label: __( 'Key points' ),
				help: __( 'One in each line. [1] cites the first source.' ),
				rows: 5,
				value: typed,
				onChange: ( text ) => {
					setTyped( text );
					write( { key_points: pointsOf( text.split( '\n' ).map( ( line ) => line.trim() ).filter( Boolean ), key_points ) } );
				},
			} ),
			problemsOf( 'key_points' ),
			references.map( ( source, index ) =>
				el( 'fieldset', { key: source.id ?? index, style: { marginBlock: '24px' } },
					el( 'legend', { style: { fontWeight: 600, paddingBlockEnd: '8px' } }, i18n.sprintf( __( 'Source %d' ), index + 1 ) ),
					field( source, index, 'title', __( 'Title' ) ),
					field( source, index, 'publisher', __( 'Publisher' ) ),
					field( source, index, 'url', __( 'Address' ), 'url' ),
					problemsOf( `references[${ index }]` ),
					el( Button, {
						variant: 'link', isDestructive: true,
						onClick: () => write( { references: references.filter( ( _, at ) => at !== index ) } ),
					}, i18n.sprintf( __( 'Remove source %d' ), index + 1 ) )
				)
			),
			el( Button, {
				variant: 'secondary',
				onClick: () => write( { references: [ ...references, { title: '' } ] } ),
			}, __( 'Add a source' ) ),
			problems.filter( isElsewhere ).map( problem ),
			post.json && el( Preview, { json: post.json, onProblems: setProblems } )
		);
	}

	const problem = ( { path, severity, message }, index ) =>
		el( Notice, { key: path + index, status: severity === 'error' ? 'error' : 'warning', isDismissible: false },
			el( 'strong', null, path ), ' ', message );

	// The briefing as readers will see it, updated after a pause in typing. It also reports problems.
	function Preview( { json, onProblems } ) {
		const ref = useRef();
		useEffect( () => {
			import( loader );
			const report = () => onProblems( [ ...ref.current.problems ] );
			for ( const type of [ 'briefing-load', 'briefing-error' ] ) ref.current.addEventListener( type, report );
		}, [] );
		useEffect( () => {
			const show = () => customElements.whenDefined( 'news-briefing' ).then( () => ref.current && ( ref.current.article = read( json ) ) );
			const timer = setTimeout( show, 300 );
			return () => clearTimeout( timer );
		}, [ json ] );
		useEffect( () => () => onProblems( [] ), [] );
		return el( element.Fragment, null,
			el( 'h3', null, __( 'Preview' ) ),
			el( 'news-briefing', { ref, loading: 'eager', sections: 'key-points references' } )
		);
	}

	plugins.registerPlugin( 'news-briefing', {
		icon: 'list-view',
		render: () => el( Panel, { name: 'news-briefing', title: __( 'Briefing' ) }, el( Editor ) ),
	} );
} )( window.wp, window.newsBriefingEditor );
JS;

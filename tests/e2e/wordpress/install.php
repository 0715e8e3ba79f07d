<?php
// Installs WordPress with the plugin active and an administrator, and prints its version and the
// administrator's application password.
define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST']   = parse_url( getenv( 'NEWS_BRIEFING_WORDPRESS_ADDRESS' ), PHP_URL_HOST );
$_SERVER['REQUEST_URI'] = '/';
require __DIR__ . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

function wp_mail() {
	return true;
}

wp_install( 'Newsroom', 'admin', 'admin@newsroom.example', true, '', 'secret' );
update_option( 'permalink_structure', '/%postname%/' );
flush_rewrite_rules();
update_option( 'active_plugins', array( 'news-briefing/news-briefing.php' ) );
// Avatars would be fetched from another host.
update_option( 'show_avatars', 0 );
// The editor's tour would cover the tested controls.
update_user_meta( 1, 'wp_persisted_preferences', array( 'core/edit-post' => array( 'welcomeGuide' => false ) ) );
list( $password ) = WP_Application_Passwords::create_new_application_password( 1, array( 'name' => 'test' ) );
echo "version: $wp_version\n";
echo 'authorization: Basic ', base64_encode( "admin:$password" ), "\n";

//! Content security policies: that of the site, as its hosts will send it, and that of the server's own
//! pages.

/// The policy of the server's own pages and answers.
pub(super) const OWN: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// The directives that are left out here: there is no TLS, and the site's receiver of reports must not get
/// ours.
const ELSEWHERE: [&str; 3] = ["upgrade-insecure-requests", "report-uri", "report-to"];

/// Returns the site's policy for requests to `host`, extended by what our script needs. A site without a
/// policy may do everything but be framed.
pub(super) fn of(declared: &str, host: &str) -> String {
    let directives =
        declared.split(';').map(|directive| directive.split_ascii_whitespace().collect::<Vec<_>>());
    let mut policy: Vec<_> = directives
        .filter(|directive| directive.first().is_some_and(|name| !ELSEWHERE.contains(name)))
        .collect();
    let own = format!("http://{host}/.sitegen/");
    if host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte)) {
        allow(&mut policy, &["script-src-elem", "script-src", "default-src"], &own);
        allow(&mut policy, &["connect-src", "default-src"], &own);
    }
    if !policy.iter().any(|directive| directive[0] == "frame-ancestors") {
        policy.push(vec!["frame-ancestors", "'none'"]);
    }
    policy.iter().map(|directive| directive.join(" ")).collect::<Vec<_>>().join("; ")
}

/// Allows a source in the first of these directives that is declared. `default-src`, the last one, is not
/// changed but copied to a narrower one, because it governs more.
fn allow<'p>(policy: &mut Vec<Vec<&'p str>>, names: &[&'p str], source: &'p str) {
    let place = names.iter().find_map(|name| policy.iter().position(|directive| directive[0] == *name));
    let Some(place) =
        place.filter(|place| !policy[*place].iter().any(|value| ["'self'", "*"].contains(value)))
    else {
        return;
    };
    let mut directive: Vec<_> = policy[place].iter().copied().filter(|value| *value != "'none'").collect();
    directive.push(source);
    if directive[0] == "default-src" {
        directive[0] = names[names.len() - 2];
        policy.push(directive);
    } else {
        policy[place] = directive;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_the_server_may_run_and_listen() {
        let of = |declared| of(declared, "localhost:4000");
        assert_eq!(of(""), "frame-ancestors 'none'");
        let own = "script-src 'self'; connect-src 'self'; frame-ancestors 'self'";
        assert_eq!(of(own), own);
        assert_eq!(
            of("default-src 'none'; report-uri /x"),
            "default-src 'none'; script-src http://localhost:4000/.sitegen/; \
             connect-src http://localhost:4000/.sitegen/; frame-ancestors 'none'"
        );
        assert_eq!(
            of("default-src *; script-src 'none'"),
            "default-src *; script-src http://localhost:4000/.sitegen/; frame-ancestors 'none'"
        );
        assert_eq!(super::of("default-src 'none'", "[::1]:80"), "default-src 'none'; frame-ancestors 'none'");
    }
}

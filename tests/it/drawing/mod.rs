//! What is concluded from where things stand, on small pages.

mod form;
mod law;

use planroom::drawing::read;

fn check(page: &str, expected: &str) {
    let told = form::told(&read(&[form::page(page)]));
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(told.lines().collect::<Vec<_>>(), expected, "{page}");
}

#[test]
fn a_box_holds_what_is_drawn_in_it() {
    check(
        r#"box dmz 0,0 400x200 "DMZ" top
           box web 20,60 100x40 "Web"
           box hanging 380,120 24x40 "Edge"
           box mostly 350,50 64x20 "Mostly in"
           box aside 390,170 100x40 "Beside""#,
        "boundary DMZ
         unknown Web in DMZ
         unknown Edge in DMZ
         unknown Mostly in in DMZ
         unknown Beside",
    );
}

#[test]
fn what_stands_on_a_border_is_neither_in_nor_out() {
    check(
        r#"box vpc 0,0 400x200 "VPC" top
           box web 20,60 100x40 "Web"
           icon gate 180,-20 40x40 "Gate" below"#,
        "boundary VPC
         unknown Web in VPC
         unknown Gate
         ! drawing/on-border",
    );
}

#[test]
fn of_two_boxes_that_overlap_the_smaller_one_holds_and_both_are_told() {
    check(
        r#"box subnet 0,0 300x300 "Subnet" top
           box group 100,100 300x120 "Group" top empty
           box vm 150,150 60x40 "VM"
           box other 20,40 60x40 "Other""#,
        "boundary Subnet
         boundary Group
         unknown VM in Group
         unknown Other in Subnet
         ! drawing/on-border
         ! drawing/two-boxes",
    );
}

#[test]
fn the_tools_own_nesting_counts_more_than_places() {
    check(
        r#"box lane 0,0 300x100 "Lane" container top
           box wide 0,0 500x400 "Wide" empty top
           box task 40,90 100x60 "Task" parent=lane
           box other 400,300 60x60 "Other""#,
        "boundary Wide
         boundary Lane in Wide
         unknown Task in Lane
         unknown Other in Wide",
    );
}

#[test]
fn words_name_what_they_stand_in_over_or_beside() {
    check(
        r#"box plain 0,0 100x60
           text name 10,20 80x20 "Plain"
           icon lambda 200,0 48x48 is=AWS_Lambda
           text below 184,54 80x20 "Resize"
           icon queue 200,100 48x48 is=Amazon_SQS
           text right 256,114 80x20 "Jobs"
           box zone 0,200 400x200 empty
           text title 10,206 120x20 "Data zone"
           box a 20,260 80x40 "A"
           box b 200,260 80x40 "B""#,
        "unknown Plain
         container Resize [AWS Lambda]
         queue Jobs [Amazon SQS]
         boundary Data zone
         unknown A in Data zone
         unknown B in Data zone",
    );
}

#[test]
fn titles_stand_at_the_lower_border_or_below_it_too() {
    check(
        r#"box one 0,0 300x160 empty
           box a 20,20 80x40 "A"
           box b 180,20 80x40 "B"
           text in 80,130 140x20 "Own server"
           box two 500,0 300x160 empty
           box c 520,20 80x40 "C"
           box d 680,20 80x40 "D"
           text under 580,165 140x20 "Hired server""#,
        "boundary Own server
         unknown A in Own server
         unknown B in Own server
         boundary Hired server
         unknown C in Hired server
         unknown D in Hired server",
    );
}

#[test]
fn words_in_one_row_head_columns() {
    check(
        r#"box frame 0,0 900x300 empty
           text front 180,10 80x20 "Front"
           text back 300,10 80x20 "Back"
           box web 60,80 100x40 "Web"
           box api 500,80 100x40 "API""#,
        "unknown Web
         unknown API
         note: Front
         note: Back",
    );
}

#[test]
fn a_column_of_words_beside_a_picture_is_one() {
    check(
        r#"icon server 0,0 80x80 is=Server
           text name 90,5 60x20 "Runner"
           text address 90,30 70x20 "10.10.1.11"
           text with 90,55 70x20 "Wireguard""#,
        "host Runner [Server] (10.10.1.11 Wireguard)",
    );
}

#[test]
fn larger_words_are_the_name_and_the_rest_tells_more() {
    check(
        r#"box shop 0,0 200x120
           text small 10,50 180x20 "sells things" size=11
           text large 10,10 180x30 "Shop" size=20"#,
        "unknown Shop (sells things)",
    );
}

#[test]
fn small_pictures_say_what_a_thing_is_made_with() {
    check(
        r#"box api 0,0 120x60 "API"
           icon java 6,6 16x16 is=Java
           box vpc 200,0 400x200 empty
           icon corner 200,0 25x25 is=Amazon_VPC
           text name 230,4 100x20 "Main"
           box web 240,80 100x40 "Web"
           box db 440,80 100x40 "DB"
           box card 0,300 100x100
           icon store 26,310 48x48 is=Amazon_S3
           text caption 10,362 80x20 "Files""#,
        "unknown API [Java]
         boundary Main [Amazon VPC]
         unknown Web in Main
         unknown DB in Main
         unknown Files [Amazon S3]",
    );
}

#[test]
fn cells_of_a_table_are_the_table() {
    check(
        r#"table routes 0,0 180x90 "Routes"
           table row 0,30 180x30 parent=routes
           box left 0,30 90x30 "10.0.0.0/16" parent=row
           text right 90,30 90x30 "local" parent=row
           box number 0,60 30x30 "1" parent=routes
           box app 300,0 100x60 "App""#,
        "unknown Routes (10.0.0.0/16, local, 1)
         unknown App",
    );
}

#[test]
fn the_words_of_a_table_without_a_name_are_a_note() {
    check(
        r#"table list 0,0 180x90
           table row 0,0 180x30 parent=list
           box left 0,0 90x30 "Name" parent=row
           box right 90,0 90x30 "Address" parent=row
           table other 0,30 180x30 parent=list
           box what 0,30 90x30 "Resolver" parent=other
           box where 90,30 90x30 "10.0.0.1" parent=other
           table third 0,60 180x30 parent=list
           box mail 0,60 90x30 "Mail" parent=third
           box port 90,60 90x30 "10.0.0.2" parent=third
           box app 300,0 100x60 "App"
           line app -> where
           line app -> third"#,
        "unknown 10.0.0.1
         unknown Mail (10.0.0.2)
         unknown App
         App -> 10.0.0.1
         App -> Mail
         note: Name | Address | Resolver",
    );
}

#[test]
fn a_picture_in_the_middle_of_an_area_is_a_thing_of_its_own() {
    check(
        r#"box subnet 0,0 400x300 "Subnet" top container
           icon vm 180,120 48x48 is=Amazon_EC2
           box zone 500,0 400x300 "Zone" boundary
           icon queue 680,120 48x48 is=Amazon_SQS
           icon corner 500,0 24x24 is=Amazon_VPC
           box card 1000,0 120x100 "Card"
           icon java 1040,30 30x30 is=Java"#,
        "boundary Subnet
         host Amazon EC2 in Subnet [Amazon EC2]
         boundary Zone [Amazon VPC]
         queue Amazon SQS in Zone [Amazon SQS]
         unknown Card [Java]",
    );
}

#[test]
fn the_name_of_a_picture_is_what_it_shows() {
    check(
        r#"box a 0,0 100x40 "A"
           icon one 200,0 48x48 stencil=img/docker-128.png
           icon two 300,0 48x48 stencil=img/Message%20Broker_logo_128x128@2x
           icon three 400,0 48x48 stencil=img/1024px_Browser_icon_%28May_2022%29.svg
           icon four 500,0 48x48 stencil=img/logo-512
           icon five 600,0 48x48 stencil=mxgraph.office.concepts.office_building
           line a -> one
           line a -> two
           line a -> three
           line a -> four
           line a -> five"#,
        "unknown A
         unknown Docker
         unknown Message Broker
         unknown Browser
         unknown Unnamed shape
         unknown Office building
         A -> Docker
         A -> Message Broker
         A -> Browser
         A -> Unnamed shape
         A -> Office building
         ! drawing/no-name
         ! drawing/no-name
         ! drawing/no-name
         ! drawing/no-name
         ! drawing/no-name",
    );
}

#[test]
fn loose_ends_reach_what_is_near_and_no_more() {
    check(
        r#"box a 0,0 100x40 "A"
           box b 200,0 100x40 "B"
           box c 400,0 100x40 "C"
           line 103,20 -> 196,20 "sure"
           line 300,20 -> 385,20 "aimed"
           line a -> 150,300 "lost""#,
        "unknown A
         unknown B
         unknown C
         A -> B: sure
         B -> C: aimed
         ! drawing/loose-end",
    );
}

#[test]
fn an_end_between_two_things_reaches_neither() {
    check(
        r#"box a 0,0 100x40 "A"
           box b 300,-50 100x40 "B"
           box c 300,10 100x40 "C"
           line a -> 295,0"#,
        "unknown A
         unknown B
         unknown C
         ! drawing/between-two
         ! drawing/loose-end",
    );
}

#[test]
fn heads_say_the_direction() {
    check(
        r#"box a 0,0 100x40 "A"
           box b 300,0 100x40 "B"
           line a -> b "1"
           line a <- b "answers"
           line a <-> b "both"
           line a -- b "none""#,
        "unknown A
         unknown B
         1. A -> B
         B -> A: answers
         A <-> B: both
         A -- B: none",
    );
}

#[test]
fn words_and_numbers_on_lines_are_the_lines() {
    check(
        r#"box a 0,0 100x40 "A"
           box b 400,0 100x40 "B"
           text label 200,0 80x16 "HTTPS 443"
           ellipse one 140,10 20x20 "1"
           line a -> b"#,
        "unknown A
         unknown B
         1. A -> B: HTTPS 443",
    );
}

#[test]
fn a_label_in_a_small_box_on_a_line_is_no_thing() {
    check(
        r#"box a 0,0 100x80 "A"
           box b 400,0 100x80 "B"
           box c 400,200 100x80 "C"
           round oidc 210,30 50x20 "OIDC"
           line 100,40 -> 400,40
           round saml 210,230 50x20 "SAML"
           line a -- saml
           line saml -> c"#,
        "unknown A
         unknown B
         unknown C
         A -> B: OIDC
         A -> C: SAML",
    );
}

#[test]
fn lines_that_meet_are_one_way() {
    check(
        r#"box a 0,0 100x40 "A"
           box b 400,0 100x40 "B"
           box c 400,200 100x40 "C"
           line 100,20 -> 400,20
           line 250,20 -> c over=250,220
           box d 0,400 100x40 "D"
           box e 400,400 100x40 "E"
           line d -- 250,420
           line 250,420 -> e"#,
        "unknown A
         unknown B
         unknown C
         unknown D
         unknown E
         A -> B
         A -> C
         D -> E",
    );
}

#[test]
fn branches_that_meet_on_a_line_are_branches_of_it() {
    check(
        r#"box one 0,0 60x40 "One"
           box two 0,80 60x40 "Two"
           box three 0,160 60x40 "Three"
           box app 300,80 80x40 "App"
           line two -> app over=150,100
           line one -- 150,100
           line three -- 150,100"#,
        "unknown One
         unknown Two
         unknown Three
         unknown App
         Two -> App
         One -> App
         Three -> App",
    );
}

#[test]
fn an_end_on_a_border_is_not_in_what_overlaps() {
    check(
        r#"box shop 480,200 260x110 "Shop"
           box files 700,200 240x110 "Files"
           box parcels 960,200 200x110 "Parcels"
           line 740,220 -> 960,250 "ships"
           line 740,280 -> 820,200 "uploads""#,
        "unknown Shop
         unknown Files
         unknown Parcels
         Shop -> Parcels: ships
         Shop -> Files: uploads",
    );
    check(
        r#"box a 0,0 200x100 "A"
           box b 300,0 100x100 "B"
           line 20,20 -> 150,80 "lost"
           line a -> b"#,
        "unknown A
         unknown B
         A -> B
         ! drawing/loose-end",
    );
}

#[test]
fn a_note_that_points_is_a_note() {
    check(
        r#"note says 0,0 180x60 "Keys are checked first"
           note thing 0,100 180x60 "Gate"
           box api 300,0 80x40 "API"
           line says -> api
           line api -> thing"#,
        "unknown Gate
         unknown API
         API -> Gate
         note of API: Keys are checked first",
    );
}

#[test]
fn small_words_between_two_lines_are_their_label() {
    check(
        r#"box app 0,0 80x40 "App"
           box db 300,0 80x40 "DB"
           text does 140,10 90x20 "store tokens"
           line app -> does
           line does -> db
           text cache 140,210 90x20 "Cache"
           box web 0,200 80x40 "Web"
           box disk 300,200 80x40 "Disk"
           line web -> cache
           line cache -> disk"#,
        "unknown App
         unknown DB
         unknown Cache
         unknown Web
         unknown Disk
         App -> DB: store tokens
         Web -> Cache
         Cache -> Disk",
    );
}

#[test]
fn words_on_a_line_that_is_no_flow_stay() {
    check(
        r#"box a 0,60 100x60 "A"
           box b 300,60 80x60 "B"
           text checks 20,15 70x20 "Checks"
           line a -> a over=25,40|75,40
           line a -> b
           note says 0,300 80x40 "Keys"
           line says -- 300,320 "kept for a year""#,
        "unknown A
         unknown B
         A -> B
         note: Keys
         note: Checks
         note: kept for a year",
    );
}

#[test]
fn a_line_that_many_hang_on_is_a_network() {
    check(
        r#"box a 0,0 100x40 "A"
           box b 200,0 100x40 "B"
           box c 400,0 100x40 "C"
           line -40,100 -- 600,100 "LAN"
           line a -- 50,100
           line b -- 250,100
           line c -- 450,100"#,
        "unknown A
         unknown B
         unknown C
         network LAN
         A -- LAN
         B -- LAN
         C -- LAN",
    );
}

#[test]
fn of_two_labels_in_which_lines_meet_the_first_names_the_network() {
    for lines in [
        "line one -- two\nline a -- one\nline two -- b\nline two -- c",
        "line two -- c\nline two -- b\nline one -- two\nline a -- one",
    ] {
        let page = format!(
            "box a 0,0 100x80 \"A\"\nbox b 400,0 100x80 \"B\"\nbox c 400,200 100x80 \"C\"\n\
             round one 150,30 40x20 \"LAN\"\nround two 250,30 40x20 \"WAN\"\n{lines}"
        );
        let told = form::told(&read(&[form::page(&page)]));
        assert!(!told.contains("network WAN"), "{told}");
    }
}

#[test]
fn a_line_between_things_is_a_note() {
    check(
        r#"box a 0,0 100x40 "A"
           box b 400,0 100x40 "B"
           line 250,-200 -- 250,300 "Trust boundary" dashed
           line a -> b"#,
        "unknown A
         unknown B
         A -> B
         note: Trust boundary",
    );
}

#[test]
fn titles_legends_lists_and_notes_are_no_elements() {
    check(
        r#"text head 100,-80 300x30 "Payments" size=24
           box a 0,0 100x40 "A"
           box b 400,0 100x40 "B"
           note sticky 0,100 120x60 "To be decided"
           box frame 0,300 200x100 empty
           text key 10,305 60x20 "Legend"
           box red 10,340 20x20
           text means 40,340 100x20 "external"
           ellipse one 600,10 20x20 "1"
           text first 630,10 200x20 "Pays the order"
           line a -> b "1: pays"
           line sticky -- b dashed"#,
        "title: Payments
         unknown A
         unknown B
         1. A -> B: pays
         note of B: To be decided
         note: Legend | external
         note: 1: Pays the order",
    );
}

#[test]
fn equal_shapes_that_lie_over_each_other_are_copies() {
    check(
        r#"box under 0,0 100x60
           box between 8,8 100x60
           box top 16,16 100x60 "Worker"
           box three 200,0 100x60 "API x3""#,
        "unknown Worker x 2 or more
         unknown API x3 x 3",
    );
}

#[test]
fn a_group_of_a_box_and_words_is_one_thing() {
    check(
        r#"group g 0,0 120x60
           box body 0,0 120x60 parent=g
           text name 10,20 100x20 "Router" parent=g
           box b 300,0 100x60 "B"
           line g -> b"#,
        "unknown Router
         unknown B
         Router -> B",
    );
}

#[test]
fn a_line_that_ends_on_a_caption_ends_on_what_it_names() {
    check(
        r#"icon user 0,0 40x40 is=User
           text caption -10,44 60x16 "Customer"
           box web 200,0 100x40 "Web"
           line caption -> web"#,
        "person Customer [User]
         unknown Web
         Customer -> Web",
    );
}

#[test]
fn a_box_without_words_that_lines_end_on_is_named_for_what_it_holds() {
    check(
        r#"box frame 0,0 300x100 empty
           box a 20,20 80x40 "A"
           box b 160,20 80x40 "B"
           box c 500,20 80x40 "C"
           line frame -> c"#,
        "boundary A and B
         unknown A in A and B
         unknown B in A and B
         unknown C
         A and B -> C",
    );
}

#[test]
fn what_is_not_shown_is_left_out_and_told() {
    check(
        r#"box a 0,0 100x40 "A"
           box b 200,0 100x40 "B" hidden"#,
        "unknown A
         ! drawing/hidden",
    );
}

#[test]
fn pages_of_another_kind_are_refused_by_name() {
    check(
        r#"box a 0,0 100x300 "A" lifeline
           box b 200,0 100x300 "B" lifeline
           box c 400,0 100x300 "C" lifeline"#,
        "refused: sequence diagram
         ! drawing/other-kind",
    );
    check(
        r#"ellipse start 0,0 80x30 "Start"
           diamond paid 0,100 80x60 "Paid?"
           diamond stock 0,200 80x60 "In stock?"
           box send 0,300 80x40 "Send"
           line start -> paid
           line paid -> stock "yes"
           line stock -> send "yes"
           line paid -> send "no""#,
        "refused: flow chart
         ! drawing/other-kind",
    );
}

fn sheet(page: &str) -> planroom::model::Sheet {
    read(&[form::page(page)]).fragment.sheets.remove(0)
}

#[test]
fn an_outline_without_words_round_several_things_is_in_the_picture() {
    let drawn = sheet(
        r#"box host 0,0 400x200 ""
           box web 20,60 100x40 "Web"
           box store 220,60 100x40 "Store"
           box other 500,0 100x100 """#,
    );
    assert_eq!(drawn.nodes.len(), 2);
    let bounds: Vec<[f64; 4]> = drawn.frames.iter().map(|frame| frame.bounds).collect();
    assert_eq!(bounds, [[0.0, 0.0, 400.0, 200.0]]);
}

#[test]
fn the_words_of_a_card_stand_where_they_stand_on_it() {
    use planroom::model::{Caption, Form};
    let drawn = sheet(
        r#"box card 0,0 120x60 "" 
           icon store 10,10 40x40 ""
           text name 55,20 60x20 "Orders""#,
    );
    let look = drawn.nodes[0].look.expect("a look");
    assert_eq!((look.form, look.caption), (Form::Rectangle, Caption::Inside));
    assert_eq!(drawn.nodes[0].bounds, Some([0.0, 0.0, 120.0, 60.0]));
}

#[test]
fn a_legend_takes_the_room_of_all_its_parts() {
    let drawn = sheet(
        r#"box web 400,0 100x40 "Web"
           box shop 600,0 100x40 "Shop"
           box legend 0,200 200x120 "Legend" top
           text one 20,230 160x20 "Blue is ours"
           text two 20,260 160x20 "Gray is theirs""#,
    );
    assert_eq!(drawn.notes[0].bounds, Some([0.0, 200.0, 200.0, 120.0]));
}

"""Who may do what: a line for each route, whose page it is, and the status that each role gets.

``of`` says whose address is asked for: the agency that is silent or answering, the public consultation or the one for
those alone who were asked, a link that is genuine or made up. ``closed`` is the answering agency's after the close;
``answered`` is a consultation that is closed with every comment answered, ``concluded`` one whose result is public.
A line for a POST sends a good form with the browser's own token. 404 is what those get who may not know.
"""

from dataclasses import dataclass

from tests.web.cast import Role

TABLE = """
#                                                    of         visit silen answe neigh forei offic outsi admin
GET  /                                               public     200   200   200   200   200   200   200   200
GET  /ho-so/<slug>                                   public     200   200   200   200   200   200   200   200
GET  /ho-so/<slug>                                   invited    404   404   404   404   200   404   200   404
GET  /ho-so/<slug>                                   made-up    404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/vi-tri/<anchor>                   public     302   302   302   302   302   302   302   302
GET  /ho-so/<slug>/vi-tri/<anchor>                   invited    404   404   404   404   302   404   302   404
GET  /ho-so/<slug>/vi-tri/<anchor>                   made-up    404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/gui-lai-lien-ket                  public     200   200   200   200   200   200   200   200
GET  /ho-so/<slug>/gui-lai-lien-ket                  invited    404   404   404   404   200   404   200   404
POST /ho-so/<slug>/gui-lai-lien-ket                  public     200   200   200   200   200   200   200   200
POST /ho-so/<slug>/gui-lai-lien-ket                  invited    404   404   404   404   200   404   200   404
GET  /ho-so/<slug>/du-thao/<int:position>.docx       public     200   200   200   200   200   200   200   200
GET  /ho-so/<slug>/du-thao/<int:position>.docx       invited    404   404   404   404   200   404   200   404
GET  /ho-so/<slug>/du-thao/<int:position>.docx       preparing  404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/du-thao/<int:position>/ban-goc    public     404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/du-thao/<int:position>/ban-goc    preparing  404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/tai-lieu/<int:position>           public     200   200   200   200   200   200   200   200
GET  /ho-so/<slug>/tai-lieu/<int:position>           invited    404   404   404   404   200   404   200   404
GET  /ho-so/<slug>/tai-lieu/<int:position>           preparing  404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/cong-van                          public     200   200   200   200   200   200   200   200
GET  /ho-so/<slug>/cong-van                          invited    404   404   404   404   200   404   200   404
GET  /ho-so/<slug>/cong-van                          preparing  404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/ket-qua                           public     404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/ket-qua                           invited    404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/ket-qua                           concluded  200   200   200   200   200   200   200   200
GET  /ho-so/<slug>/ket-qua.docx                      public     404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/ket-qua.docx                      concluded  200   200   200   200   200   200   200   200
GET  /ngon-ngu/<code>                                public     302   302   302   302   302   302   302   302
GET  /healthz                                        public     503   503   503   503   503   503   503   503

GET  /moi/<code>/<token>                             silent     200   200   200   200   200   200   200   200
GET  /moi/<code>/<token>                             made-up    404   404   404   404   404   404   404   404
POST /moi/<code>/<token>                             silent     303   303   303   303   303   303   303   303
POST /moi/<code>/<token>                             made-up    404   404   404   404   404   404   404   404
GET  /moi/<code>/<token>/thu-hoi                     silent     200   200   200   200   200   200   200   200
GET  /moi/<code>/<token>/thu-hoi                     made-up    404   404   404   404   404   404   404   404
POST /moi/<code>/<token>/thu-hoi                     silent     200   200   200   200   200   200   200   200
POST /moi/<code>/<token>/thu-hoi                     made-up    404   404   404   404   404   404   404   404

GET  /dang-nhap                                      public     200   200   200   200   200   200   200   200
POST /dang-nhap                                      public     200   200   200   200   200   200   200   200
GET  /dang-nhap/<token>                              official   200   200   200   200   200   200   200   200
GET  /dang-nhap/<token>                              made-up    200   200   200   200   200   200   200   200
POST /dang-nhap/<token>                              official   303   303   303   303   303   303   303   303
POST /dang-nhap/<token>                              made-up    404   404   404   404   404   404   404   404
POST /dang-xuat                                      public     303   303   303   303   303   303   303   303
POST /dang-xuat-moi-noi                              official   404   404   404   404   404   303   303   303

GET  /gop-y/<code>                                   silent     404   200   404   404   404   404   404   404
GET  /gop-y/<code>                                   answering  404   404   200   404   404   404   404   404
GET  /gop-y/<code>                                   closed     404   404   200   404   404   404   404   404
GET  /gop-y/<code>                                   made-up    404   404   404   404   404   404   404   404
GET  /gop-y/<code>/vi-tri/<anchor>                   silent     404   302   404   404   404   404   404   404
GET  /gop-y/<code>/vi-tri/<anchor>                   closed     404   404   302   404   404   404   404   404
GET  /gop-y/<code>/vi-tri/<anchor>                   made-up    404   404   404   404   404   404   404   404
GET  /gop-y/<code>/nguoi-gop-y                       silent     404   200   404   404   404   404   404   404
POST /gop-y/<code>/nguoi-gop-y                       silent     404   303   404   404   404   404   404   404
GET  /gop-y/<code>/y-kien/moi                        silent     404   200   404   404   404   404   404   404
GET  /gop-y/<code>/y-kien/<key>                      answering  404   404   200   404   404   404   404   404
GET  /gop-y/<code>/y-kien/<key>                      closed     404   404   200   404   404   404   404   404
GET  /gop-y/<code>/y-kien/<key>                      silent     404   404   404   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>                      silent     404   303   404   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>                      answering  404   404   303   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>                      closed     404   404   410   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>/rut                  answering  404   404   303   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>/rut                  closed     404   404   410   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>/rut                  silent     404   404   404   404   404   404   404   404
POST /gop-y/<code>/thong-nhat                        silent     404   303   404   404   404   404   404   404
POST /gop-y/<code>/thong-nhat                        closed     404   404   410   404   404   404   404   404
GET  /gop-y/<code>/xem-lai                           answering  404   404   200   404   404   404   404   404
GET  /gop-y/<code>/xem-lai                           closed     404   404   200   404   404   404   404   404
POST /gop-y/<code>/gui                               answering  404   404   303   404   404   404   404   404
POST /gop-y/<code>/gui                               closed     404   404   410   404   404   404   404   404
POST /gop-y/<code>/thong-nhat-toan-bo                silent     404   303   404   404   404   404   404   404
POST /gop-y/<code>/thong-nhat-toan-bo                closed     404   404   410   404   404   404   404   404
GET  /gop-y/<code>/han-gop-y.ics                     silent     404   200   404   404   404   404   404   404
GET  /gop-y/<code>/han-gop-y.ics                     answering  404   404   200   404   404   404   404   404
GET  /gop-y/<code>/phieu                             silent     404   303   404   404   404   404   404   404
GET  /gop-y/<code>/phieu                             answering  404   404   303   404   404   404   404   404
GET  /gop-y/<code>/phieu/<int:version>               answering  404   404   200   404   404   404   404   404
GET  /gop-y/<code>/phieu/<int:version>               closed     404   404   200   404   404   404   404   404
GET  /gop-y/<code>/phieu/<int:version>               silent     404   404   404   404   404   404   404   404
POST /gop-y/<code>/cong-van-gop-y.docx               answering  404   404   200   404   404   404   404   404
POST /gop-y/<code>/cong-van-gop-y.docx               closed     404   404   200   404   404   404   404   404
GET  /gop-y/<code>/phieu/<int:version>/cong-van-gop-y.docx answering  404   404   200   404   404   404   404   404
GET  /gop-y/<code>/phieu/<int:version>/cong-van-gop-y.docx silent     404   404   404   404   404   404   404   404
POST /gop-y/<code>/phieu/<int:version>/thu-hoi       answering  404   404   303   404   404   404   404   404
POST /gop-y/<code>/phieu/<int:version>/thu-hoi       closed     404   404   410   404   404   404   404   404
POST /gop-y/<code>/phieu/<int:version>/van-ban       answering  404   404   303   404   404   404   404   404
POST /gop-y/<code>/phieu/<int:version>/van-ban       closed     404   404   303   404   404   404   404   404

GET  /ban-lam-viec                                   official   404   404   404   404   404   200   200   200
POST /ban-lam-viec/thu-bao                           official   404   404   404   404   404   303   303   303
GET  /ban-lam-viec/<slug>                            public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>                            invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>                            made-up    404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/nhac                       public     404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/in-lien-ket/<code>         mailless   404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/dieu-chinh                  public      404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/dieu-chinh                  invited     404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/dieu-chinh                  preparing   404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/gia-han          public      404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/gia-han          preparing   404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/nhac-nho         public      404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/nhac-nho         preparing   404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/nhan-sau-thoi-han public      404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/nhan-sau-thoi-han preparing   404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/bo-sung          public      404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/bo-sung          preparing   404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/rut-de-nghi      public      404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/rut-de-nghi      preparing   404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/ket-thuc-som     public      404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/ket-thuc-som     preparing   404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/rut-ho-so        public      404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/dieu-chinh/rut-ho-so        preparing   404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/in-lien-ket/<code>         silent     404   404   404   404   404   200   404   404
POST /ban-lam-viec/<slug>/in-lien-ket/<code>         made-up    404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/in-lien-ket                public     404   404   404   404   404   200   404   404
POST /ban-lam-viec/<slug>/gui-lai-lien-ket/<code>    silent     404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/gui-lai-lien-ket/<code>    mailless   404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/thu-hoi-lien-ket/<code>    silent     404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/thu-hoi-lien-ket/<code>    made-up    404   404   404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/thu                        public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/thu                        invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/thu                        preparing  404   404   404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/thu/<int:number>           undelivered 404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/thu/<int:number>           public     404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/thu/<int:number>           undelivered 404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/thu/<int:number>           public     404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/thu/tra-lai                public     404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/thu/tra-lai                invited    404   404   404   404   404   404   303   404
GET  /ban-lam-viec/<slug>/chua-gui                   public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/chua-gui                   invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/tinh-hinh.xlsx             public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/tinh-hinh.xlsx             invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/bieu-do/tien-do.svg        public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bieu-do/tien-do.svg        invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/bieu-do/vi-tri.svg         public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bieu-do/vi-tri.svg         invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/bang-tong-hop              public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop              invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/bang-tong-hop              made-up    404   404   404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop/mau/<int:number>.docx public 404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop/mau/<int:number>.docx invited 404  404   404   404   404   404   404   404
GET  /mau-bang-tong-hop                              directory  404   404   404   404   404   200   200   200
POST /mau-bang-tong-hop                              directory  404   404   404   404   404   303   303   303
GET  /mau-bang-tong-hop/khoi-dau.docx                official   404   404   404   404   404   200   200   200
GET  /mau-bang-tong-hop/<int:number>/tep             official   404   404   404   404   404   200   404   404
GET  /mau-bang-tong-hop/<int:number>/xem-thu.docx    official   404   404   404   404   404   200   404   404
POST /mau-bang-tong-hop/<int:number>/thoi-dung       official   404   404   404   404   404   303   404   404
GET  /mau-bang-tong-hop/loi-van                      directory  404   404   404   404   404   200   200   200
GET  /mau-bang-tong-hop/loi-van/<kind>/<form>        directory  404   404   404   404   404   200   200   200
GET  /mau-bang-tong-hop/loi-van/<kind>/<form>        made-up    404   404   404   404   404   404   404   404
POST /mau-bang-tong-hop/loi-van/<kind>/<form>        directory  404   404   404   404   404   303   303   303
POST /mau-bang-tong-hop/loi-van/<kind>/<form>        made-up    404   404   404   404   404   404   404   404
POST /mau-bang-tong-hop/loi-van/<kind>/<form>/xem-thu.docx directory 404 404  404   404   404   200   200   200
POST /mau-bang-tong-hop/loi-van/<kind>/<form>/xem-thu.docx made-up   404 404  404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop.docx         public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop.docx         invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>/co-gop-y.docx public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>/co-gop-y.docx invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/bang-tong-hop/phieu-doi-soat.docx public  404  404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop/phieu-doi-soat.docx invited 404  404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/bang-tong-hop/da-lap/<int:number>/phieu-doi-soat.docx public 404 404 404 404 404 200 404 404
GET  /ban-lam-viec/<slug>/bang-tong-hop/da-lap/<int:number>/phieu-doi-soat.docx invited 404 404 404 404 404 404 200 404
GET  /ban-lam-viec/<slug>/tep-tong-hop               public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/tep-tong-hop               invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/y-kien-khong-tiep-thu.docx public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/y-kien-khong-tiep-thu.docx invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/bang-tong-hop.xlsx         public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop.xlsx         invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/bang-tong-hop.csv          public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop.csv          invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/bang-tong-hop.json         public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop.json         invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/bang-tong-hop/tai-ve       public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop/tai-ve       invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/ket-qua                    public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/ket-qua                    invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/ket-qua                    answered   404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/ket-qua                    concluded  404   404   404   404   404   200   404   404
POST /ban-lam-viec/<slug>/ket-qua                    public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/ket-qua                    answered   404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/ket-qua                    concluded  404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/ket-qua/thu-hoi            public     404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/ket-qua/thu-hoi            concluded  404   404   404   404   404   303   404   404
GET  /ban-lam-viec/<slug>/nhat-ky                    public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/nhat-ky                    preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/nhat-ky                    invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/nhat-ky.xlsx               public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/nhat-ky.xlsx               preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/nhat-ky.xlsx               invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/nhat-ky.csv                public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/nhat-ky.csv                preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/nhat-ky.csv                invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/y-kien                     public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/y-kien/<key>               public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/y-kien/<key>               invited    404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/y-kien/<key>               public     404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/y-kien/<key>               concluded  404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/y-kien/<key>               invited    404   404   404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/du-thao                    preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao                    public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/du-thao                    invited    404   404   404   404   404   404   409   404
GET  /ban-lam-viec/<slug>/du-thao                    made-up    404   404   404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>     preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>     public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>     preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>     public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/hoan-tac preparing 404 404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/hoan-tac public 404    404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/lam-lai preparing 404  404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/lam-lai public 404     404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/cho-tai-ban-goc preparing 404 404 404 404  404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/cho-tai-ban-goc public 404 404 404 404     404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/tep preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/tep public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/tep-truoc preparing 404 404  404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>/ban-goc preparing 404  404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>/ban-goc public 404     404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>/ban-sach.docx preparing 404 404 404 404    404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>/ban-sach.docx public 404 404 404   404     404   200   404   404

GET  /ban-lam-viec/moi                               official   404   404   404   404   404   200   200   200
POST /ban-lam-viec/moi                               official   404   404   404   404   404   303   303   303
GET  /ban-lam-viec/<slug>/thong-tin                  preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/thong-tin                  public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/thong-tin                  invited    404   404   404   404   404   404   409   404
GET  /ban-lam-viec/<slug>/thong-tin                  made-up    404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/thong-tin                  preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/thong-tin                  public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/dot-moi                    preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/dot-moi                    public     404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/dot-moi                    invited    404   404   404   404   404   404   303   404
POST /ban-lam-viec/<slug>/du-thao/them               preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/them               public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/ten preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/ten public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/len preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/len public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/bo  preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/bo  public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/tai-lieu                   preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/tai-lieu                   public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/tai-lieu/<int:position>    preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/tai-lieu/<int:position>    public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/tai-lieu/<int:position>    invited    404   404   404   404   404   404   200   404
POST /ban-lam-viec/<slug>/tai-lieu/<int:position>/ten preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/tai-lieu/<int:position>/ten public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/tai-lieu/<int:position>/len preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/tai-lieu/<int:position>/len public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/tai-lieu/<int:position>/bo preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/tai-lieu/<int:position>/bo public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/cong-bo                    preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/cong-bo                    public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/cong-bo                    invited    404   404   404   404   404   404   409   404
POST /ban-lam-viec/<slug>/cong-bo                    preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/cong-bo                    public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/cong-bo/huy                preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/cong-bo/huy                public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/thu-mau                    preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/thu-mau                    public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/thu-mau/<kind>             preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/thu-mau/<kind>             public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/van-ban public 404 404 404 404 404 200 404 404
GET  /ban-lam-viec/<slug>/van-ban invited 404 404 404 404 404 404 200 404
GET  /ban-lam-viec/<slug>/van-ban made-up 404 404 404 404 404 404 404 404
GET  /ban-lam-viec/<slug>/van-ban/moi public 404 404 404 404 404 200 404 404
POST /ban-lam-viec/<slug>/van-ban/moi public 404 404 404 404 404 303 404 404
POST /ban-lam-viec/<slug>/van-ban/ban-ky/<code> joined 404 404 404 404 404 303 404 404
GET  /ban-lam-viec/<slug>/van-ban/<key> keyed 404 404 404 404 404 200 404 404
GET  /ban-lam-viec/<slug>/van-ban/<key> public 404 404 404 404 404 404 404 404
POST /ban-lam-viec/<slug>/van-ban/<key> keyed 404 404 404 404 404 303 404 404
POST /ban-lam-viec/<slug>/van-ban/<key>/xoa keyed 404 404 404 404 404 303 404 404
POST /ban-lam-viec/<slug>/van-ban/<key>/lay-lai keyed 404 404 404 404 404 303 404 404
GET  /ban-lam-viec/<slug>/van-ban/<key>/y-kien/<int:position> keyed 404 404 404 404 404 200 404 404
POST /ban-lam-viec/<slug>/van-ban/<key>/y-kien/<int:position> keyed 404 404 404 404 404 303 404 404
POST /ban-lam-viec/<slug>/van-ban/<key>/y-kien/<int:position>/bo keyed 404 404 404 404 404 303 404 404
POST /ban-lam-viec/<slug>/van-ban/<key>/ghi-nhan keyed 404 404 404 404 404 303 404 404
GET  /ban-lam-viec/<slug>/van-ban/<code>/<int:version> came 404 404 404 404 404 200 404 404
GET  /ban-lam-viec/<slug>/van-ban/<code>/<int:version> joined 404 404 404 404 404 200 404 404
GET  /ban-lam-viec/<slug>/van-ban/<code>/<int:version> made-up 404 404 404 404 404 404 404 404
POST /ban-lam-viec/<slug>/van-ban/<code>/<int:version>/sua came 404 404 404 404 404 303 404 404
POST /ban-lam-viec/<slug>/van-ban/<code>/<int:version>/huy came 404 404 404 404 404 303 404 404
POST /ban-lam-viec/<slug>/van-ban/<code>/<int:version>/huy joined 404 404 404 404 404 409 404 404
POST /ban-lam-viec/<slug>/van-ban/<code>/<int:version>/ban-scan came 404 404 404 404 404 303 404 404
GET /ban-lam-viec/<slug>/van-ban/<code>/<int:version>/ban-scan/<int:position> came 404 404 404 404 404 200 404 404
POST /ban-lam-viec/<slug>/van-ban/<code>/<int:version>/ban-scan/<int:position>/bo came 404 404 404 404 404 303 404 404
POST /gop-y/<code>/phieu/<int:version>/ban-scan answering 404 404 303 404 404 404 404 404
POST /gop-y/<code>/phieu/<int:version>/ban-scan closed 404 404 303 404 404 404 404 404
GET  /gop-y/<code>/phieu/<int:version>/ban-scan/<int:position> answering 404 404 200 404 404 404 404 404
GET  /gop-y/<code>/phieu/<int:version>/ban-scan/<int:position> came 404 404 404 404 404 404 404 404
GET  /danh-ba                                        directory  404   404   404   404   404   200   200   200
GET  /danh-ba/danh-ba.xlsx                           directory  404   404   404   404   404   200   200   200
GET  /danh-ba/danh-ba.csv                            directory  404   404   404   404   404   200   200   200
GET  /danh-ba/co-quan/<int:number>                   directory  404   404   404   404   404   200   200   200
GET  /danh-ba/co-quan/moi                            directory  404   404   404   404   404   404   404   200
POST /danh-ba/co-quan/moi                            directory  404   404   404   404   404   404   404   303
GET  /danh-ba/co-quan/<int:number>/sua               directory  404   404   404   404   404   404   404   200
POST /danh-ba/co-quan/<int:number>/sua               directory  404   404   404   404   404   404   404   303
POST /danh-ba/co-quan/<int:number>/ket-thuc          directory  404   404   404   404   404   404   404   303
GET  /danh-ba/nhom                                   directory  404   404   404   404   404   200   200   200
POST /danh-ba/nhom                                   directory  404   404   404   404   404   404   404   303
GET  /danh-ba/nhom/<int:number>                      directory  404   404   404   404   404   200   200   200
POST /danh-ba/nhom/<int:number>                      directory  404   404   404   404   404   404   404   303
POST /danh-ba/nhom/<int:number>/thanh-vien           directory  404   404   404   404   404   404   404   303
GET  /danh-ba/nhap                                   directory  404   404   404   404   404   404   404   200
POST /danh-ba/nhap                                   directory  404   404   404   404   404   404   404   303
GET  /danh-ba/nhap/xem                               directory  404   404   404   404   404   404   404   200
GET  /danh-ba/nhap/xem                               made-up    404   404   404   404   404   404   404   404
POST /danh-ba/nhap/xem                               directory  404   404   404   404   404   404   404   303
GET  /chuyen-vien                                    directory  404   404   404   404   404   404   404   200
POST /chuyen-vien                                    directory  404   404   404   404   404   404   404   303
GET  /chuyen-vien/<int:number>                       directory  404   404   404   404   404   404   404   200
POST /chuyen-vien/<int:number>                       directory  404   404   404   404   404   404   404   303
POST /chuyen-vien/<int:number>/thoi                  directory  404   404   404   404   404   404   404   303
POST /chuyen-vien/<int:number>/tro-lai               directory  404   404   404   404   404   404   404   303
GET  /ban-lam-viec/<slug>/chinh-sua-du-thao          public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/chinh-sua-du-thao          invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/chinh-sua-du-thao          preparing  404   404   404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/chinh-sua-du-thao          made-up    404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/chinh-sua-du-thao/<int:position>/tep-moi public 404 404 404 404   404   409   404   404
POST /ban-lam-viec/<slug>/chinh-sua-du-thao/<int:position>/tep-moi invited 404 404 404 404  404   404   303   404
GET  /ban-lam-viec/<slug>/chinh-sua-du-thao/<int:position>/xem-truoc public 404 404 404 404 404   200   404   404
GET  /ban-lam-viec/<slug>/chinh-sua-du-thao/<int:position>/xem-truoc invited 404 404 404 404 404  404   404   404
POST /ban-lam-viec/<slug>/chinh-sua-du-thao/<int:position>/cong-bo public 404 404 404 404  404   303   404   404
POST /ban-lam-viec/<slug>/chinh-sua-du-thao/<int:position>/bo public 404 404   404   404    404   303   404   404
GET /ban-lam-viec/<slug>/chinh-sua-du-thao/<int:position>/ban-truoc/<int:edition> public 404 404 404 404 404 404 404 404
GET  /ban-lam-viec/<slug>/cong-van                   preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/cong-van                   public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/cong-van                   invited    404   404   404   404   404   404   409   404
GET  /ban-lam-viec/<slug>/cong-van                   made-up    404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/cong-van                   preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/cong-van                   public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/cong-van/nhan              preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/cong-van/nhan              public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/co-quan                    preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/co-quan                    public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/co-quan                    invited    404   404   404   404   404   404   409   404
POST /ban-lam-viec/<slug>/co-quan/them               preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/co-quan/them               public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/co-quan/them-nhom          preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/co-quan/them-nhom          public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/co-quan/dong/<int:number>  preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/co-quan/dong/<int:number>  public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/co-quan/chep               preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/co-quan/chep               public     404   404   404   404   404   409   404   404
"""


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    method: str
    rule: str
    of: str
    expected: tuple[int, ...]

    def __str__(self) -> str:
        """Name the line in a test report."""
        return f"{self.method} {self.rule} of {self.of}"


def _line(text: str) -> Line:
    method, rule, of, *statuses = text.split()
    assert len(statuses) == len(Role), text
    return Line(method, rule, of, tuple(map(int, statuses)))


MATRIX = tuple(_line(text) for text in TABLE.splitlines() if text and not text.startswith("#"))
